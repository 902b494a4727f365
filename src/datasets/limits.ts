/** Files of a bundle, in the order in which they are read, written and digested. */
export const BUNDLE_FILES = [
  'bundle.json',
  'cities.csv',
  'sources.csv',
  'indicators.csv',
  'frameworks.csv',
  'observations.csv',
  'published_rankings.csv',
  'initiatives.csv',
  'methodologies.json',
] as const;
/** One of {@link BUNDLE_FILES}. */
export type BundleFile = (typeof BUNDLE_FILES)[number];

/** Files that every bundle has. */
export const REQUIRED_FILES: readonly BundleFile[] = [
  'bundle.json',
  'cities.csv',
  'indicators.csv',
  'observations.csv',
];

/** How much an import takes in; more is an error before the work is done. */
export const BUNDLE_LIMITS = {
  /** Bytes of all files together, unpacked. */
  bytes: 256 * 1024 * 1024,
  /** Bytes of one JSON file. */
  jsonBytes: 1024 * 1024,
  /** Depth of nesting in a JSON file. */
  jsonDepth: 20,
  /** Entries in a `.zip`. */
  zipEntries: 1_000,
  /** Rows of one CSV file. */
  rows: 2_000_000,
  /** Nodes of one framework. */
  frameworkNodes: 2_000,
  /** Cities × indicators × years of a release, which are kept in memory. */
  cells: 20_000_000,
} as const;
