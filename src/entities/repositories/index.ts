export { ApiKeyRepository } from './api-key.repository';
export { AuditEventRepository, type AuditEventPage } from './audit-event.repository';
export { JobRepository } from './job.repository';
export { KeptRankingRepository } from './kept-ranking.repository';
export { takeLock } from './lock';
export {
  ObservationRepository,
  type ObservationKey,
  type ObservationPage,
  type ObservationQuery,
} from './observation.repository';
export { ReleaseDataRepository } from './release-data.repository';
export type { ReleaseData } from './release-data';
export { ReleaseRowsRepository } from './release-rows.repository';
export { ReleaseRepository, type ReleasePage } from './release.repository';
