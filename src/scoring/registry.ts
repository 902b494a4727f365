import type {
  AnyMethod,
  AggregationMethod,
  DenominationMethod,
  ImputationMethod,
  NormalisationMethod,
  RankingMethod,
  Stage,
  TreatmentMethod,
  WeightingMethod,
} from './descriptor';
import { STAGES } from './descriptor';
import type { ParameterSpec, ParameterState } from './parameters';
import * as aggregation from './aggregation';
import * as denomination from './denomination';
import * as imputation from './imputation';
import * as multicriteria from './multicriteria';
import * as normalisation from './normalisation';
import * as ranking from './ranking';
import * as treatment from './treatment';
import * as weighting from './weighting';

/** The methods of each stage by id, in the order of their folder's index. */
export interface Registry {
  readonly DENOMINATION: ReadonlyMap<string, DenominationMethod>;
  readonly IMPUTATION: ReadonlyMap<string, ImputationMethod>;
  readonly TREATMENT: ReadonlyMap<string, TreatmentMethod>;
  readonly NORMALISATION: ReadonlyMap<string, NormalisationMethod>;
  readonly WEIGHTING: ReadonlyMap<string, WeightingMethod>;
  readonly AGGREGATION: ReadonlyMap<string, AggregationMethod>;
  readonly RANKING: ReadonlyMap<string, RankingMethod>;
}

/** Collects methods by id and refuses what would make the registry lie. */
export function collect<M extends AnyMethod>(stage: M['stage'], methods: readonly M[]): ReadonlyMap<string, M> {
  const byId = new Map<string, M>();
  const kinds = new Map<string, string>();
  for (const method of methods) {
    if (!/^[A-Z][A-Z0-9_]*$/.test(method.id))
      throw new Error(`${method.id}: a method id is in capitals, digits and underscores.`);
    if (method.stage !== stage) throw new Error(`${method.id}: belongs to ${method.stage}, not to ${stage}.`);
    if (byId.has(method.id)) throw new Error(`${method.id}: two methods of ${stage} have this id.`);
    for (const [name, spec] of Object.entries(method.parameters)) {
      if (RESERVED_PARAMETER_NAMES.has(name)) throw new Error(`${method.id}: ${name} is a reserved parameter name.`);
      // Within a stage the parameters of all methods share one GraphQL input, so a name has one type.
      const kind = spec.kind === 'choice' ? spec.enumName : spec.kind === 'records' ? spec.inputName : spec.kind;
      const known = kinds.get(name);
      if (known !== undefined && known !== kind)
        throw new Error(`${method.id}: ${name} is ${kind} here and ${known} in another method of ${stage}.`);
      kinds.set(name, kind);
      const unknown = (spec.readWhen ?? []).find(({ parameter, is }) => !hasState(method.parameters[parameter], is));
      if (unknown)
        throw new Error(`${method.id}: ${name} is read in a state of ${unknown.parameter} that it cannot have.`);
    }
    byId.set(method.id, method);
  }
  return byId;
}

function hasState(spec: ParameterSpec | undefined, is: ParameterState['is']): boolean {
  if (!spec) return false;
  // What has a default or is required is never left out.
  if (typeof is === 'string') return !('default' in spec || 'required' in spec);
  return spec.kind === 'choice' && is.every((value) => spec.values.includes(value));
}

/** Names that rules use for themselves. */
export const RESERVED_PARAMETER_NAMES: ReadonlySet<string> = new Set([
  'method',
  'overrides',
  'indicators',
  'weights',
  'level',
  'node',
  'over',
  'minimumAvailability',
  'basis',
  'ties',
  'tolerance',
]);

/** Every method that the engine has. */
export const registry: Registry = {
  DENOMINATION: collect<DenominationMethod>('DENOMINATION', Object.values(denomination)),
  IMPUTATION: collect<ImputationMethod>('IMPUTATION', Object.values(imputation)),
  TREATMENT: collect<TreatmentMethod>('TREATMENT', Object.values(treatment)),
  NORMALISATION: collect<NormalisationMethod>('NORMALISATION', Object.values(normalisation)),
  WEIGHTING: collect<WeightingMethod>('WEIGHTING', Object.values(weighting)),
  AGGREGATION: collect<AggregationMethod>('AGGREGATION', [
    ...Object.values<AggregationMethod>(aggregation),
    ...Object.values<AggregationMethod>(multicriteria),
  ]),
  RANKING: collect<RankingMethod>('RANKING', Object.values(ranking)),
};

/** All methods, stage by stage. */
export function allMethods(): readonly AnyMethod[] {
  return STAGES.flatMap((stage: Stage) => [...registry[stage].values()]);
}
