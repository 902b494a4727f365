import {
  allMethods,
  boundsOf,
  meaningOf,
  PROPERTY_MEANINGS,
  PROPERTY_NAMES,
  STAGES,
  WARNING_MEANINGS,
  type AnyMethod,
  type CounterExample,
  type ParameterRecord,
  type ParameterSpec,
  type ParameterSpecs,
  type PropertyName,
  type Stage,
} from '../../src/scoring';

/** Where a stage stands in the pipeline and how a recipe names it. */
const STAGE_TEXTS: Readonly<Record<Stage, { readonly title: string; readonly text: string }>> = {
  DENOMINATION: {
    title: 'Denomination',
    text: 'Recipe part `denominate`: a list of `{ indicator, by, scale }`, applied to observed values before anything else.',
  },
  IMPUTATION: {
    title: 'Imputation',
    text: 'Recipe part `impute`. Fills gaps on the natural scale. Screening (`screen.minimumAvailability`) counts observed values only, so filling a gap never lets a city in.',
  },
  TREATMENT: {
    title: 'Treatment of outliers',
    text: 'Recipe part `treat`, one indicator at a time on the natural scale, after screening. `overrides` names indicators that get another method or other parameters.',
  },
  NORMALISATION: {
    title: 'Normalisation',
    text: 'Recipe part `normalise`. Columns arrive oriented, so more is better; parameters such as goalposts are on the natural scale. `overrides` names indicators that get another method; `basis` takes the statistics from other years or another release.',
  },
  WEIGHTING: {
    title: 'Weighting',
    text: 'Recipe part `weight`, applied under every node of the tree. `weights` names nodes whose given weight is replaced. Weights under a node are scaled to add to 1.',
  },
  AGGREGATION: {
    title: 'Aggregation',
    text: 'Recipe part `aggregate`: a list of rules, each for a `level` and those above it or for one `node`. Level 1 is the nodes just above the indicators. `minimumAvailability` is the share of columns that a city must have at the node; `over: LEAVES` works on all indicators below the node at once.',
  },
  RANKING: {
    title: 'Ranking',
    text: 'Recipe part `rank`: the rule for `ties`, with the `tolerance` within which scores count as equal and, where wanted, the `decimals` that scores are rounded to first, and the parameters of the rule.',
  },
};

/** `docs/methods.md`, made from the scoring registry. The same registry always gives the same text. */
export function emitMethodsPage(methods: readonly AnyMethod[] = allMethods()): string {
  const stages = STAGES.map((stage) => ({ stage, methods: methods.filter((method) => method.stage === stage) }));
  return [
    '# Methods',
    '',
    'Made from the scoring registry by `npm run docs`; do not edit. The `methods` query gives the same facts. How a recipe is put together is in the [API guide](api-guide.md#a-recipe); how one is added, in [Add a method](add-a-method.md).',
    '',
    ...stages.flatMap(({ stage, methods: own }) => [
      `- [${STAGE_TEXTS[stage].title}](#${anchorOf(STAGE_TEXTS[stage].title)}): ${own
        .map((method) => `[${method.title}](#${anchorOf(headingOf(method))})`)
        .join(', ')}`,
    ]),
    '- [Properties](#properties)',
    '- [Warnings](#warnings)',
    '',
    ...stages.flatMap(({ stage, methods: own }) => [
      `## ${STAGE_TEXTS[stage].title}`,
      '',
      STAGE_TEXTS[stage].text,
      '',
      ...own.flatMap(methodSection),
    ]),
    ...propertySection(),
    ...warningSection(),
  ].join('\n');
}

/** The heading's anchor as Markdown viewers make it: lower case, blanks to hyphens, punctuation dropped. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

const headingOf = (method: AnyMethod): string => `${method.title} (\`${method.id}\`)`;

function methodSection(method: AnyMethod): string[] {
  return [
    `### ${headingOf(method)}`,
    '',
    method.summary,
    '',
    '```text',
    method.formula,
    '```',
    '',
    ...(method.stage === 'AGGREGATION' ? aggregationNotes(method) : []),
    ...parameterTable(method.parameters),
    ...propertyList(method),
    'References:',
    '',
    ...method.references.map(({ citation, url }) => (url === undefined ? `- ${citation}` : `- ${citation}. <${url}>`)),
    '',
  ];
}

function aggregationNotes(method: Extract<AnyMethod, { stage: 'AGGREGATION' }>): string[] {
  const notes = [
    method.family === 'MEAN'
      ? 'Each city is scored by itself.'
      : 'A city’s score depends on the other cities in the table.',
    method.missing === 'RESCALE'
      ? 'Missing children are passed over and the weights of the others rescaled.'
      : 'Only cities with every column are scored.',
    ...(method.requires === 'POSITIVE' ? ['Refused unless every value is above 0.'] : []),
    ...(method.requires === 'NON_NEGATIVE' ? ['Refused unless every value is at least 0.'] : []),
    ...(method.acceptsCosts === true
      ? ['Where indicators are not normalised, it takes them on their natural scale and reads which are costs.']
      : []),
    ...(method.lowerIsBetter === true ? ['A low score is good, and ranks first.'] : []),
  ];
  return [notes.join(' '), ''];
}

function parameterTable(specs: ParameterSpecs): string[] {
  const rows = parameterRows(specs, '');
  if (rows.length === 0) return ['No parameters.', ''];
  return [
    '| Parameter | Type | Default | Allowed | Meaning |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`),
    '',
  ];
}

function parameterRows(specs: ParameterSpecs, prefix: string): string[][] {
  return Object.entries(specs).flatMap(([name, spec]) => [
    [`\`${prefix}${name}\``, typeOf(spec), defaultOf(spec), allowedFor(spec), meaningOf(spec)],
    ...(spec.kind === 'records' ? parameterRows(spec.fields, `${prefix}${name}[].`) : []),
  ]);
}

function typeOf(spec: ParameterSpec): string {
  switch (spec.kind) {
    case 'number':
    case 'integer':
    case 'boolean':
      return spec.kind;
    case 'choice':
      return spec.enumName;
    case 'code':
      return `${spec.of} code`;
    case 'numbers':
      return 'list of numbers';
    case 'codes':
      return `list of ${spec.of} codes`;
    case 'matrix':
      return 'list of rows of numbers';
    case 'records':
      return `list of ${spec.inputName}`;
  }
}

function defaultOf(spec: ParameterSpec): string {
  if ('required' in spec) return 'required';
  if ('default' in spec) return `\`${String(spec.default)}\``;
  return 'none';
}

function allowedFor(spec: ParameterSpec): string {
  switch (spec.kind) {
    case 'number':
    case 'integer':
      return boundsOf(spec) || 'any';
    case 'boolean':
      return '`true`, `false`';
    case 'choice':
      return spec.values.map((value) => `\`${value}\``).join(', ');
    case 'code':
      return 'one that the release has';
    case 'numbers':
    case 'matrix':
      return [
        ...(boundsOf(spec) === '' ? [] : [boundsOf(spec)]),
        `at most ${String(spec.maxLength)} ${spec.kind === 'matrix' ? 'rows' : 'numbers'}`,
      ].join(', ');
    case 'codes':
      return `at most ${String(spec.maxLength)}`;
    case 'records':
      return `at most ${String(spec.maxLength)}`;
  }
}

function propertyList({ properties }: AnyMethod): string[] {
  const held = PROPERTY_NAMES.filter((name) => properties[name]?.holds === true);
  const denied = PROPERTY_NAMES.flatMap((name) => {
    const claim = properties[name];
    return claim?.holds === false ? [{ name, example: claim.counterExample }] : [];
  });
  return [
    ...(held.length === 0 ? [] : [`Holds: ${held.map((name) => `\`${name}\``).join(', ')}.`, '']),
    ...(denied.length === 0
      ? []
      : [
          'Does not hold:',
          '',
          ...denied.map(({ name, example }) => `- \`${name}\`: ${describeCounterExample(name, example)}`),
          '',
        ]),
  ];
}

/** A counter-example in words: the table, the weights and parameters, and what is done to it. */
function describeCounterExample(name: PropertyName, example: CounterExample): string {
  const { columns, weights, parameters } = example;
  const table = columns.map((column) => `(${column.map(shortNumber).join(', ')})`).join(', ');
  return [
    `${columns.length === 1 ? 'column' : 'columns'} ${table}`,
    ...(weights === undefined ? [] : [`weights ${weights.map(shortNumber).join(', ')}`]),
    ...(parameters === undefined ? [] : describeParameters(parameters)),
    ...describeChange(name, example),
  ].join('; ');
}

function describeParameters(parameters: ParameterRecord): string[] {
  const given = Object.entries(parameters).filter(([, value]) => value !== null);
  return given.map(([key, value]) => `\`${key}\` ${JSON.stringify(value)}`);
}

function describeChange(name: PropertyName, { row, column, amount }: CounterExample): string[] {
  const where = [
    ...(column === undefined ? [] : [`column ${String(column + 1)}`]),
    ...(row === undefined ? [] : [`city ${String(row + 1)}`]),
  ].join(' of ');
  if (name === 'INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES') return where === '' ? [] : [`${where} left out`];
  if (amount === undefined) return where === '' ? [] : [where];
  const number = shortNumber(amount);
  switch (name) {
    case 'MONOTONE':
      return [`${where} raised by ${number}`];
    case 'SCALE_INVARIANT':
      return [`${where} multiplied by ${number}`];
    case 'SHIFT_INVARIANT':
      return [`${number} added to ${where}`];
    case 'HOMOGENEOUS':
      return [`all values multiplied by ${number}`];
    case 'COMPENSATORY':
      return [`a loss of ${number} in ${where} that no gain elsewhere makes up`];
    default:
      return [`${where === '' ? 'amount' : where} ${number}`];
  }
}

/** Up to six significant digits: the stored examples hold thirds. */
const shortNumber = (value: number): string => String(Number(value.toPrecision(6)));

function propertySection(): string[] {
  return [
    '## Properties',
    '',
    'A property that a method claims is tested on generated tables. One that it denies is shown with a stored counter-example, which a test runs. A property that is not named is one that does not apply to the method’s stage.',
    '',
    '| Property | Meaning |',
    '| --- | --- |',
    ...PROPERTY_NAMES.map((name) => `| \`${name}\` | ${escapeCell(PROPERTY_MEANINGS[name])} |`),
    '',
  ];
}

function warningSection(): string[] {
  return [
    '## Warnings',
    '',
    'A ranking lists these in `warnings { code message indicator node }`. The result stands; the warning says what to know about it.',
    '',
    '| Code | Meaning |',
    '| --- | --- |',
    ...Object.entries(WARNING_MEANINGS).map(([code, meaning]) => `| \`${code}\` | ${escapeCell(meaning)} |`),
    '',
  ];
}

const escapeCell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s*\n\s*/g, ' ');
