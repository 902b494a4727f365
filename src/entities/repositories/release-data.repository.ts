import type { DataSource } from 'typeorm';
import type { Release } from '../release';
import type { ReleaseData } from './release-data';

/** Loads a release into memory. */
export class ReleaseDataRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Everything that the release holds, in a fixed number of statements whatever its size. */
  load(release: Release): Promise<ReleaseData> {
    throw new Error(`Being written: ${release.version} ${String(this.dataSource.isInitialized)}`);
  }
}
