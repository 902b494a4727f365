import type { Scope } from '../../entities';
import type { Principal } from '../../resolvers/context';

export type { Principal };

/** Rights of whoever brings no credentials, and may read. */
export const ANONYMOUS = 'anonymous';

/** Who brings no credentials. */
export function anonymous(mayRead: boolean): Principal {
  return { kind: 'ANONYMOUS', id: null, scope: mayRead ? 'read' : null, rightsKey: mayRead ? ANONYMOUS : 'nobody' };
}

/** Who has shown who they are. */
export function known(kind: 'API_KEY' | 'TOKEN', id: string, scope: Scope | null): Principal {
  return { kind, id, scope, rightsKey: `scope:${scope ?? 'none'}` };
}
