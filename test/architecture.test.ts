import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..');

/** One import of a source file. */
interface Import {
  /** Path of a file of ours from the root, or the name of a package. */
  readonly target: string;
  readonly ours: boolean;
  /** Erased when compiled. */
  readonly typeOnly: boolean;
}

interface SourceFile {
  /** Path from the root. */
  readonly path: string;
  readonly imports: readonly Import[];
  readonly source: ts.SourceFile;
}

function listFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? listFiles(join(folder, entry.name))
      : entry.name.endsWith('.ts')
        ? [join(folder, entry.name)]
        : [],
  );
}

function resolveImport(from: string, name: string, typeOnly: boolean): Import {
  if (!name.startsWith('.')) return { target: name, ours: false, typeOnly };
  const base = relative(ROOT, resolve(ROOT, dirname(from), name));
  const target = [`${base}.ts`, join(base, 'index.ts')].find((candidate) => paths.has(candidate));
  if (target === undefined) throw new Error(`${from} imports ${name}, which is no source file.`);
  return { target, ours: true, typeOnly };
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = clause.namedBindings;
  return (
    clause.name === undefined &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.length > 0 &&
    bindings.elements.every((element) => element.isTypeOnly)
  );
}

function importsOf(path: string, source: ts.SourceFile): Import[] {
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    )
      imports.push(resolveImport(path, node.moduleSpecifier.text, isTypeOnly(node)));
    if (
      ts.isCallExpression(node) &&
      (node.expression.kind === ts.SyntaxKind.ImportKeyword ||
        (ts.isIdentifier(node.expression) && node.expression.text === 'require'))
    ) {
      const [name] = node.arguments;
      if (name && ts.isStringLiteral(name)) imports.push(resolveImport(path, name.text, false));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}

const paths = new Set([...listFiles('src'), 'ormconfig.ts']);
const files: readonly SourceFile[] = [...paths].sort().map((path) => {
  const source = ts.createSourceFile(path, readFileSync(join(ROOT, path), 'utf8'), ts.ScriptTarget.ES2022, true);
  return { path, source, imports: importsOf(path, source) };
});

const inFolder = (folder: string): readonly SourceFile[] => files.filter((file) => file.path.startsWith(`${folder}/`));

/** `importer → imported` for every import that the rule does not allow. */
function violations(folder: string, allowed: (target: Import, file: SourceFile) => boolean): string[] {
  return inFolder(folder).flatMap((file) =>
    file.imports.filter((target) => !allowed(target, file)).map((target) => `${file.path} → ${target.target}`),
  );
}

/** Names of identifiers and property accesses that a file uses, as `a.b` for a property of an identifier. */
function usesOf(file: SourceFile): Set<string> {
  const uses = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression))
      uses.add(`${node.expression.text}.${node.name.text}`);
    ts.forEachChild(node, visit);
  };
  visit(file.source);
  return uses;
}

it('the scan sees the sources and their imports', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(files.find((file) => file.path === 'src/server/app.ts')?.imports).toEqual(
    expect.arrayContaining([
      { target: 'src/rankings/services.ts', ours: true, typeOnly: false },
      { target: 'src/server/config.ts', ours: true, typeOnly: true },
      { target: 'typeorm', ours: false, typeOnly: true },
    ]),
  );
});

describe('rule 1: scoring knows nothing of the rest', () => {
  /** Packages of pure arithmetic, and the hash that names results. */
  const PURE = new Set(['ml-matrix', 'node:crypto']);

  it('imports only scoring and pure packages', () => {
    expect(
      violations('src/scoring', ({ target, ours }) =>
        ours ? target.startsWith('src/scoring/') : PURE.has(target) || target.startsWith('@stdlib/'),
      ),
    ).toEqual([]);
  });

  it('reads no environment, no clock and no unseeded randomness', () => {
    const forbidden = [
      'process.env',
      'Date.now',
      'Math.random',
      'performance.now',
      'crypto.randomUUID',
      'crypto.randomBytes',
      'process.hrtime',
    ];
    const found = inFolder('src/scoring').flatMap((file) => {
      const uses = usesOf(file);
      return forbidden.filter((use) => uses.has(use)).map((use) => `${file.path}: ${use}`);
    });
    expect(found).toEqual([]);
  });

  it('is imported by its index alone', () => {
    const outside = files.filter((file) => !file.path.startsWith('src/scoring/'));
    const deep = outside.flatMap((file) =>
      file.imports
        .filter(
          ({ target, typeOnly }) => target.startsWith('src/scoring/') && target !== 'src/scoring/index.ts' && !typeOnly,
        )
        // The entities need the list of statuses as a value while their decorators run; the table file has nothing else.
        .filter(({ target }) => !(file.path === 'src/entities/enums.ts' && target === 'src/scoring/table.ts'))
        .map(({ target }) => `${file.path} → ${target}`),
    );
    expect(deep).toEqual([]);
  });
});

it('rule 2: entities import nothing of resolvers, rankings, datasets and server', () => {
  expect(violations('src/entities', ({ target, ours }) => !ours || /^src\/(entities|scoring)\//.test(target))).toEqual(
    [],
  );
});

describe('rule 3: resolvers', () => {
  it('import rankings, entities and scoring, never typeorm or the server', () => {
    expect(
      violations('src/resolvers', ({ target, ours }) =>
        ours
          ? /^src\/(resolvers|rankings|scoring)\//.test(target) || target === 'src/entities/index.ts'
          : !['typeorm', 'fastify', '@apollo/server', 'pg', 'sqlite3'].includes(target),
      ),
    ).toEqual([]);
  });

  it('hold no try, no loop and no SQL', () => {
    const found = inFolder('src/resolvers')
      .filter((file) => file.path.endsWith('.resolver.ts'))
      .flatMap((file) => {
        const bad: string[] = [];
        const visit = (node: ts.Node): void => {
          if (
            ts.isTryStatement(node) ||
            ts.isForStatement(node) ||
            ts.isForOfStatement(node) ||
            ts.isForInStatement(node) ||
            ts.isWhileStatement(node) ||
            ts.isDoStatement(node) ||
            (ts.isMethodDeclaration(node) && (node.body?.statements.length ?? 0) > 1)
          )
            bad.push(`${file.path}: ${ts.SyntaxKind[node.kind]}`);
          ts.forEachChild(node, visit);
        };
        visit(file.source);
        return bad;
      });
    expect(found).toEqual([]);
  });
});

it('rankings import entities and scoring, and neither resolvers, server nor typeorm', () => {
  expect(
    violations('src/rankings', ({ target, ours }) =>
      ours
        ? /^src\/(rankings|scoring)\//.test(target) || target === 'src/entities/index.ts'
        : !['typeorm', 'type-graphql', 'graphql', 'fastify'].includes(target),
    ),
  ).toEqual([]);
});

describe('rule 4: SQL', () => {
  it('is built in the repositories and migrations only', () => {
    const calls = ['createQueryBuilder', 'query', 'getRepository'];
    const found = files.flatMap((file) => {
      const bad: string[] = [];
      const visit = (node: ts.Node): void => {
        if (
          ts.isCallExpression(node) &&
          ts.isPropertyAccessExpression(node.expression) &&
          calls.includes(node.expression.name.text) &&
          /dataSource|manager|runner|repository/i.test(node.expression.expression.getText(file.source))
        )
          bad.push(`${file.path}: ${node.getText(file.source).slice(0, 60)}`);
        ts.forEachChild(node, visit);
      };
      visit(file.source);
      return bad;
    });
    const outside = found.filter((use) => !/^src\/entities\/(repositories|migrations)\//.test(use));
    // The one statement outside: whether the database answers at all.
    expect(outside).toEqual(["src/server/app.ts: dataSource.query('SELECT 1')"]);
  });
});

describe('rule 5', () => {
  it('no cycle of imports, types left out', () => {
    const edges = new Map(
      files.map((file) => [
        file.path,
        file.imports.filter(({ ours, typeOnly }) => ours && !typeOnly).map(({ target }) => target),
      ]),
    );
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) {
        cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
        return;
      }
      if (done.has(path)) return;
      for (const target of edges.get(path) ?? []) visit(target, [...trail, path]);
      done.add(path);
    };
    for (const path of edges.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });

  it('no layer is imported by one below it, types included', () => {
    const LAYERS = ['scoring', 'entities', 'datasets', 'rankings', 'resolvers', 'server'];
    const layerOf = (path: string): number => LAYERS.indexOf(/^src\/(\w+)\//.exec(path)?.[1] ?? '');
    const upward = inFolder('src').flatMap((file) =>
      file.imports
        .filter(({ target, ours }) => ours && layerOf(target) > layerOf(file.path))
        .map(({ target }) => `${file.path} → ${target}`),
    );
    expect(upward).toEqual([]);
  });

  it('no statement at the top of a file starts anything, but in main.ts and worker entries', () => {
    const found = inFolder('src')
      .filter((file) => file.path !== 'src/server/main.ts' && !file.path.endsWith('.worker.ts'))
      .flatMap((file) =>
        file.source.statements
          .filter(
            (statement) =>
              ts.isExpressionStatement(statement) &&
              /\b(listen|connect|initialize|setInterval|setTimeout|process\.on|console)\b/.test(
                statement.getText(file.source),
              ),
          )
          .map((statement) => `${file.path}: ${statement.getText(file.source).slice(0, 60)}`),
      );
    expect(found).toEqual([]);
  });
});
