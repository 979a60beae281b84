/** Source text → SourceFile. Pure. */
import {
  type Comment,
  type DynamicImport,
  type EcmaScriptModule,
  type Expression,
  parseSync,
  type StaticExport,
  type StaticImport,
  Visitor,
} from 'oxc-parser';
import { resolveImport } from './resolve-import.ts';
import type { FunctionSpan, Import, Mention, SourceFile, WorkspacePackage } from './source.ts';

type LineOf = (offset: number) => number;
type Draft = Omit<Import, 'target'>;

/**
 * Parses one file.
 * @param path from the repository's root
 * @throws when the text is not valid TypeScript: the laws cannot judge what they cannot read
 */
export function parseSource(path: string, text: string, packages: readonly WorkspacePackage[]): SourceFile {
  const parsed = parseSync(path, text);
  const [problem] = parsed.errors;
  if (problem !== undefined) throw new Error(`${path} cannot be parsed: ${problem.message}`);

  const lineOf = lineFinder(text);
  const mentions: Mention[] = [];
  const functions: FunctionSpan[] = [];
  const drafts = importsOf(parsed.module, text, lineOf);
  visitBody(parsed.program, lineOf, { mentions, functions, drafts });
  const exported = parsed.module.staticExports.flatMap((statement) => statement.entries);
  const defaultExport = exported.find(
    (entry) => entry.exportName.kind === 'Default' && entry.moduleRequest === null,
  );
  return {
    path,
    lines: text === '' ? 0 : text.replace(/\n$/, '').split('\n').length,
    imports: drafts.map((draft) => ({ ...draft, target: resolveImport(path, draft.specifier, packages) })),
    exportedNames: exported.flatMap(({ moduleRequest, exportName }) =>
      moduleRequest === null && exportName.name !== null ? [exportName.name] : [],
    ),
    defaultExportLine: defaultExport === undefined ? null : lineOf(defaultExport.start),
    undocumented: undocumentedExports(parsed, text, lineOf),
    mentions,
    functions,
    comments: parsed.comments.map(({ value, start }) => ({ text: value, line: lineOf(start) })),
  };
}

function undocumentedExports(
  { module, comments }: { module: EcmaScriptModule; comments: Comment[] },
  text: string,
  lineOf: LineOf,
): SourceFile['undocumented'] {
  const docs = comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'));
  return module.staticExports.flatMap(({ start, entries }) => {
    const declared = entries.find(({ moduleRequest }) => moduleRequest === null);
    // `export { a, b }` of things declared above is a list, not a declaration.
    if (declared === undefined || /^export\s+(type\s+)?\{/.test(text.slice(start, start + 40))) return [];
    const documented = docs.some(({ end }) => end <= start && text.slice(end, start).trim() === '');
    return documented ? [] : [{ name: declared.exportName.name ?? 'the default', line: lineOf(start) }];
  });
}

function lineFinder(text: string): LineOf {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

function importsOf(module: EcmaScriptModule, text: string, lineOf: LineOf): Draft[] {
  return [
    ...module.staticImports.map((statement) => draftOfImport(statement, text, lineOf)),
    ...module.staticExports.flatMap((statement) => draftsOfExport(statement, lineOf)),
    ...module.dynamicImports.flatMap((expression) => draftOfDynamicImport(expression, text, lineOf)),
  ];
}

function draftOfImport(
  { start, end, moduleRequest, entries }: StaticImport,
  text: string,
  lineOf: LineOf,
): Draft {
  const values = entries.filter((entry) => !entry.isType);
  // `import './x.ts'` has no entries and runs; `import type {} from './x.ts'` has none either and does not.
  const typeOnly = entries.length > 0 ? values.length === 0 : /^import\s+type\b/.test(text.slice(start, end));
  return {
    specifier: moduleRequest.value,
    line: lineOf(start),
    typeOnly,
    reexport: false,
    names:
      entries.length === 0
        ? ['*']
        : values.map(
            ({ importName }) => importName.name ?? (importName.kind === 'Default' ? 'default' : '*'),
          ),
    renamed: {},
  };
}

function draftsOfExport({ start, entries }: StaticExport, lineOf: LineOf): Draft[] {
  const bySpecifier = new Map<string, Draft>();
  for (const entry of entries) {
    if (entry.moduleRequest === null) continue;
    const specifier = entry.moduleRequest.value;
    const draft = bySpecifier.get(specifier) ?? {
      specifier,
      line: lineOf(start),
      typeOnly: true,
      reexport: true,
      names: [],
      renamed: {},
    };
    bySpecifier.set(specifier, draft);
    const name = entry.importName.name ?? '*';
    if (entry.exportName.name !== null) draft.renamed[entry.exportName.name] = name;
    if (!entry.isType) {
      draft.typeOnly = false;
      draft.names.push(name);
    }
  }
  return [...bySpecifier.values()];
}

function draftOfDynamicImport(
  { start, moduleRequest }: DynamicImport,
  text: string,
  lineOf: LineOf,
): Draft[] {
  const literal = /^(['"`])([^$]*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
  if (literal?.[2] === undefined) return [];
  return [
    {
      specifier: literal[2],
      line: lineOf(start),
      typeOnly: false,
      reexport: false,
      names: ['*'],
      renamed: {},
    },
  ];
}

interface Findings {
  mentions: Mention[];
  functions: FunctionSpan[];
  drafts: Draft[];
}

function visitBody(program: Parameters<Visitor['visit']>[0], lineOf: LineOf, found: Findings): void {
  const span = (name: string, start: number, end: number): void => {
    const line = lineOf(start);
    found.functions.push({ name, line, lines: lineOf(end - 1) - line + 1 });
  };
  const mention = (kind: Mention['kind'], callee: Expression, at: number, argumentCount: number): void => {
    found.mentions.push({ kind, name: dottedName(callee), line: lineOf(at), argumentCount });
  };
  new Visitor({
    MemberExpression: (node) => mention('member', node, node.start, 0),
    CallExpression: (node) => mention('call', node.callee, node.start, node.arguments.length),
    NewExpression: (node) => mention('new', node.callee, node.start, node.arguments.length),
    VariableDeclarator: ({ id, init }) => {
      // `const { env } = process` reads process.env as well.
      if (id.type !== 'ObjectPattern' || init === null) return;
      for (const property of id.properties) {
        if (property.type !== 'Property' || property.key.type !== 'Identifier') continue;
        const name = `${dottedName(init)}.${property.key.name}`.replace(/^globalThis\./, '');
        found.mentions.push({ kind: 'member', name, line: lineOf(property.start), argumentCount: 0 });
      }
    },
    FunctionDeclaration: (node) => span(node.id?.name ?? 'function', node.start, node.end),
    FunctionExpression: (node) => span(node.id?.name ?? 'function', node.start, node.end),
    ArrowFunctionExpression: (node) => span('arrow function', node.start, node.end),
    TSImportType: (node) => {
      const { value } = node.source;
      found.drafts.push({
        specifier: value,
        line: lineOf(node.start),
        typeOnly: true,
        reexport: false,
        names: [],
        renamed: {},
      });
    },
  }).visit(program);
}

function dottedName(node: Expression): string {
  const name = rawDottedName(node);
  return name.startsWith('globalThis.') ? name.slice('globalThis.'.length) : name;
}

function rawDottedName(node: Expression): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ThisExpression') return 'this';
  if (node.type === 'ChainExpression' || node.type === 'ParenthesizedExpression')
    return rawDottedName(node.expression);
  if (node.type === 'TSNonNullExpression' || node.type === 'TSAsExpression')
    return rawDottedName(node.expression);
  if (node.type !== 'MemberExpression') return '?';
  const object = rawDottedName(node.object);
  if (!node.computed) return `${object}.${node.property.name}`;
  const { property } = node;
  return property.type === 'Literal' && typeof property.value === 'string'
    ? `${object}.${property.value}`
    : `${object}.?`;
}
