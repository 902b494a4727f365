import { Field, ObjectType } from 'type-graphql';
import { ApiKey, AuditEvent } from '../entities';
import { makeConnection } from './connection';

/** A page of API keys. */
export const ApiKeyConnection = makeConnection(ApiKey, 'ApiKey', 'API keys');

/** A page of changes. */
export const AuditEventConnection = makeConnection(AuditEvent, 'AuditEvent', 'changes');

/** Something that is told about a change. */
export interface AuditDetail {
  readonly name: string;
  readonly value: string;
}

/** More about a change. */
@ObjectType('AuditDetail', { description: 'More about a change.', simpleResolvers: true })
export class AuditDetailType implements AuditDetail {
  @Field(() => String, { description: 'What it tells, such as `scope`.' })
  name!: string;

  @Field(() => String, { description: 'What it is.' })
  value!: string;
}

/** What is kept of an event besides who, what and when. */
export function detailsOf({ detail }: AuditEvent): AuditDetail[] {
  return Object.entries(detail ?? {}).map(([name, value]) => ({ name, value: String(value) }));
}
