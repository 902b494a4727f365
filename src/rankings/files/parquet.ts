import type { SchemaElement } from 'hyparquet';
import { blocksOf, inTurns } from './blocks';
import type { Cell, Column, Table } from './table';

/** Blocks of rows in one row group: readers want them large, other requests short. */
const BLOCKS = 4;

/**
 * A table as Parquet: texts as UTF-8 strings, numbers as doubles, years as 32-bit integers, all of them optional.
 * @param notes kept as the file's key-value metadata
 */
export async function* writeParquet(table: Table, notes: Readonly<Record<string, string>>): AsyncIterable<Uint8Array> {
  // Published as a native module only, and of no use to most requests.
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const { columns } = table;
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: schemaOf(columns),
    kvMetadata: Object.entries(notes).map(([key, value]) => ({ key, value })),
    createdBy: 'city-ranking',
  });
  const taken = (): Uint8Array => {
    const bytes = Uint8Array.from(writer.getBytes());
    writer.index = 0;
    return bytes;
  };
  const write = async (rows: readonly (readonly Cell[])[]): Promise<Uint8Array> => {
    const columnData = columns.map(({ name }, j) => ({ name, data: rows.map((row) => row[j] ?? null) }));
    await parquet.write({ columnData, rowGroupSize: rows.length });
    return taken();
  };
  let rows: (readonly Cell[])[] = [];
  let count = 0;
  for await (const block of inTurns(blocksOf(table))) {
    rows = rows.concat(block);
    count += 1;
    if (count % BLOCKS !== 0) continue;
    yield await write(rows);
    rows = [];
  }
  if (rows.length > 0) yield await write(rows);
  await parquet.finish();
  yield taken();
}

const TYPES: Readonly<Record<Column['kind'], Pick<SchemaElement, 'type' | 'converted_type'>>> = {
  TEXT: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  NUMBER: { type: 'DOUBLE' },
  INTEGER: { type: 'INT32' },
};

function schemaOf(columns: readonly Column[]): SchemaElement[] {
  const leaves = columns.map(({ name, kind }) => ({ name, repetition_type: 'OPTIONAL' as const, ...TYPES[kind] }));
  return [{ name: 'ranking', num_children: leaves.length }, ...leaves];
}
