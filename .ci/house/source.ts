/** What the laws see of the repository: every TypeScript file with its imports, exports, mentions and functions. */

/** A workspace package and the doors it opens to others. */
export interface WorkspacePackage {
  /** e.g. `@dinhdanh/kit` */
  name: string;
  /** Folder from the root, e.g. `subgraphs/kit`. */
  folder: string;
  /** `exports` of its package.json: door → file, e.g. `.` → `./index.ts`. */
  doors: Record<string, string>;
}

/** Where an import leads. */
export type Target =
  | { kind: 'ours'; path: string; throughDoor: boolean }
  | { kind: 'no-door'; packageName: string; door: string }
  | { kind: 'node'; name: string }
  | { kind: 'package'; name: string };

/** One import, re-export or `import()` of a file. */
export interface Import {
  specifier: string;
  line: number;
  /** True when nothing of it is left at run time. */
  typeOnly: boolean;
  reexport: boolean;
  /** Imported names that exist at run time; `*` for a namespace, an `export *`, an `import()` or a bare import. */
  names: string[];
  /** For a re-export: exported name → name in the target. */
  renamed: Record<string, string>;
  target: Target;
}

/** A use of a name that laws ask about. */
export interface Mention {
  kind: 'member' | 'call' | 'new';
  /** Dotted, `globalThis.` left off; `?` stands for an expression without a name: `process.env`, `?.send`. */
  name: string;
  line: number;
  /** Number of arguments of a call or `new`. */
  argumentCount: number;
}

/** A function with a body, its first and last line. */
export interface FunctionSpan {
  name: string;
  line: number;
  lines: number;
}

/** One .ts or .tsx file. */
export interface SourceFile {
  /** From the root, with slashes: `gateway/gateway.ts`. */
  path: string;
  lines: number;
  imports: Import[];
  /** Names exported at run time or as types, declared in this file. */
  exportedNames: string[];
  defaultExportLine: number | null;
  /** Declarations exported where they stand, without a doc comment right before them. */
  undocumented: { name: string; line: number }[];
  mentions: Mention[];
  functions: FunctionSpan[];
  comments: { text: string; line: number }[];
}

/** All files and packages; the laws read nothing else. */
export interface House {
  files: readonly SourceFile[];
  packages: readonly WorkspacePackage[];
  fileAt(path: string): SourceFile | undefined;
}
