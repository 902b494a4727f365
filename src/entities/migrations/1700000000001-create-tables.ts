import { Table, TableIndex, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';

/** All tables of the first version. */
export class CreateTables1700000000001 implements MigrationInterface {
  readonly name = 'CreateTables1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const { name, columns } of tables(runner.connection.options.type === 'postgres')) {
      const versioned = columns.some((column) => column.name === RELEASE_COLUMN);
      await runner.createTable(
        new Table({
          name,
          columns,
          foreignKeys: versioned
            ? [
                {
                  name: `fk_${name}_release`,
                  columnNames: [RELEASE_COLUMN],
                  referencedTableName: 'release',
                  referencedColumnNames: ['sequence'],
                  deferrable: 'INITIALLY DEFERRED',
                },
              ]
            : [],
        }),
      );
    }
    for (const [table, columnNames] of INDEXES) {
      await runner.createIndex(
        table,
        new TableIndex({ name: `ix_${table}_${columnNames.join('_')}`, columnNames: [...columnNames] }),
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, columnNames] of [...INDEXES].reverse()) {
      await runner.dropIndex(table, `ix_${table}_${columnNames.join('_')}`);
    }
    for (const { name } of tables(runner.connection.options.type === 'postgres').reverse()) {
      await runner.dropTable(name);
    }
  }
}

const RELEASE_COLUMN = 'release_sequence';

const INDEXES: readonly (readonly [string, readonly string[]])[] = [
  // Loading a release groups by these two and reads every row.
  ['observation', ['indicator_code', 'year']],
];

interface TableDefinition {
  readonly name: string;
  readonly columns: TableColumnOptions[];
}

/**
 * The columns of every table, the referenced ones first. On PostgreSQL a part of a key is compared byte by byte, as
 * SQLite does and as `compareCodes` does, so that an order never depends on the server's locale.
 */
function tables(postgres: boolean): TableDefinition[] {
  const collation = postgres ? { collation: 'C' } : {};
  const key = (name: string): TableColumnOptions => ({ name, type: 'varchar', isPrimary: true, ...collation });
  const keyNumber = (name: string): TableColumnOptions => ({ name, type: 'integer', isPrimary: true });
  const text = (name: string): TableColumnOptions => ({ name, type: 'varchar' });
  const number = (name: string): TableColumnOptions => ({ name, type: 'double precision' });
  const integer = (name: string): TableColumnOptions => ({ name, type: 'integer' });
  const optional = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });
  const names = [text('name_en'), optional(text('name_zh')), optional(text('name_fr'))];
  const optionalNames = names.map(optional);
  const release = keyNumber(RELEASE_COLUMN);

  return [
    {
      name: 'release',
      columns: [
        keyNumber('sequence'),
        { ...text('version'), isUnique: true },
        text('name'),
        text('digest'),
        text('published_at'),
        optional(text('licence')),
        optional(text('publisher')),
        optional(text('description')),
        optional(text('notes')),
        integer('city_count'),
        integer('indicator_count'),
        integer('observation_count'),
      ],
    },
    {
      name: 'city',
      columns: [
        key('code'),
        release,
        ...names,
        optional(text('province_code')),
        optional(text('province_en')),
        optional(text('province_zh')),
        optional(text('tier')),
        optional(number('latitude')),
        optional(number('longitude')),
      ],
    },
    {
      name: 'source',
      columns: [
        key('id'),
        release,
        text('title'),
        ...['publisher', 'url', 'licence', 'citation', 'year', 'retrieved_on', 'note'].map((name) =>
          optional(text(name)),
        ),
      ],
    },
    {
      name: 'indicator',
      columns: [
        key('code'),
        release,
        ...names,
        ...['description', 'unit', 'direction', 'denominator_code'].map((name) => optional(text(name))),
        ...['goalpost_low', 'goalpost_high', 'target'].map((name) => optional(number(name))),
        optional(text('source_id')),
      ],
    },
    { name: 'index_framework', columns: [key('code'), release, text('root_code'), ...optionalNames] },
    {
      name: 'framework_node',
      columns: [
        key('framework_code'),
        key('code'),
        release,
        optional(text('parent_code')),
        ...optionalNames,
        number('weight'),
        optional(text('indicator_code')),
        integer('position'),
      ],
    },
    {
      name: 'observation',
      columns: [
        key('city_code'),
        key('indicator_code'),
        keyNumber('year'),
        release,
        optional(number('value')),
        text('status'),
        optional(number('low')),
        optional(number('high')),
        optional(text('source_id')),
        optional(text('note')),
      ],
    },
    {
      name: 'methodology_preset',
      columns: [key('code'), release, text('name'), text('framework_code'), { name: 'recipe', type: 'text' }],
    },
    {
      name: 'published_ranking',
      columns: [
        key('report'),
        keyNumber('year'),
        key('dimension'),
        key('city_code'),
        release,
        integer('rank'),
        optional(number('score')),
        optional(text('source_id')),
      ],
    },
    {
      name: 'initiative',
      columns: [
        key('city_code'),
        key('title'),
        key('signed_on'),
        release,
        optional(text('sector')),
        optional(text('district')),
        optional(integer('project_count')),
        optional(text('source_id')),
        optional(text('note')),
      ],
    },
    {
      name: 'api_key',
      columns: [
        { ...text('hash'), isPrimary: true },
        text('label'),
        { name: 'scopes', type: 'text' },
        text('created_at'),
        optional(text('expires_at')),
        optional(text('revoked_at')),
      ],
    },
    {
      name: 'audit_event',
      columns: [
        { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
        text('occurred_at'),
        text('actor'),
        text('action'),
        text('subject'),
        { name: 'detail', type: 'text', isNullable: true },
      ],
    },
  ];
}
