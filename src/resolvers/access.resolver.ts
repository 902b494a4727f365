import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { AuditEvent, type ApiKey } from '../entities';
import type { Page } from '../rankings/page';
import { ApiKeyConnection, AuditDetailType, AuditEventConnection, detailsOf, type AuditDetail } from './access.types';
import { ForwardPageArgs } from './connection';
import type { Context } from './context';
import { Needs } from './needs';

/** Who may do what, and who changed what. */
@Resolver(() => AuditEvent)
export class AccessResolver {
  @Needs('admin')
  @Query(() => ApiKeyConnection, {
    nullable: true,
    description: 'API keys, the oldest first. Needs the scope `admin`. Null when it fails; `errors` says why.',
  })
  apiKeys(@Args(() => ForwardPageArgs) args: ForwardPageArgs, @Ctx() { access }: Context): Promise<Page<ApiKey>> {
    return access.listKeys(args);
  }

  @Needs('steward')
  @Query(() => AuditEventConnection, {
    nullable: true,
    description:
      'What was changed, the newest first. Needs the scope `steward`. Null when it fails; `errors` says why.',
  })
  auditEvents(
    @Args(() => ForwardPageArgs) args: ForwardPageArgs,
    @Ctx() { access }: Context,
  ): Promise<Page<AuditEvent>> {
    return access.listEvents(args);
  }

  @FieldResolver(() => [AuditDetailType], { description: 'Anything else that was noted.' })
  details(@Root() event: AuditEvent): AuditDetail[] {
    return detailsOf(event);
  }
}
