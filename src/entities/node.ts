import { Field, ID, InterfaceType } from 'type-graphql';

/** Names in the schema of the classes that are called otherwise in the code. */
const PUBLISHED_NAMES: Readonly<Record<string, string>> = {
  IndexFramework: 'Framework',
  MethodologyPreset: 'Methodology',
};

/** The type of an object behind {@link NodeType}; what is no entity is told by what only it has. */
function typeNameOf(value: object): string {
  if ('result' in value) return 'Ranking';
  if ('formula' in value) return 'Method';
  const { name } = value.constructor;
  return PUBLISHED_NAMES[name] ?? name;
}

/** Whatever has an identity of its own, as Relay's specification of object identification has it. */
@InterfaceType('Node', {
  description: 'An object with an identity of its own, which `node` gives again by its id.',
  resolveType: typeNameOf,
})
export abstract class NodeType {
  @Field(() => ID, {
    description:
      'Names this object, and no other, for ever: an object of another release has another id. Opaque; keep it as it is.',
  })
  id!: string;
}
