export { ApiKeys, makeKey, type NewKey } from './api-keys';
export { Authenticator, CREDENTIAL_HEADERS } from './authenticate';
export { OperationGuard, refusalError } from './authorise';
export { guardRoutes } from './guard-routes';
export { ANONYMOUS, anonymous, type Principal } from './principal';
export { Tokens } from './tokens';
export { showsSecret } from './shared-secret';
