import { Extensions } from 'type-graphql';
import type { Scope } from '../entities';

/**
 * Says what scope it takes to ask for a field; the server looks before it runs an operation. A field that says nothing
 * needs `read`, and a mutation that says nothing `admin`, so that none is open because somebody forgot.
 */
export const Needs = (scope: Scope): MethodDecorator & PropertyDecorator => Extensions({ scope });
