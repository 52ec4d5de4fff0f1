import { resolve } from 'node:path'
import ts from 'typescript'

/** The doc comment of a name, as an editor shows it. */
export interface DocComment {
  /** `cookies.domain` of an option, `fast-auth/email: smtpSender` of an export. */
  readonly name: string
  /** The text before the first tag. */
  readonly text: string
  /** Tags by name, each with its texts. */
  readonly tags: Readonly<Record<string, readonly string[]>>
}

export interface ExportedDoc extends DocComment {
  readonly kind: 'function' | 'class' | 'value' | 'type'
}

/** The options of this package, with the types of pages for the client and for React. */
const settings: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
}

/** Reads files with the compiler. */
export function programOf(paths: readonly string[]): ts.Program {
  return ts.createProgram(
    paths.map(path => resolve(path)),
    settings,
  )
}

function docOf(name: string, symbol: ts.Symbol, checker: ts.TypeChecker): DocComment {
  const tags: Record<string, string[]> = {}
  for (const tag of symbol.getJsDocTags(checker)) {
    const text = ts.displayPartsToString(tag.text)
    tags[tag.name] = [...(tags[tag.name] ?? []), text]
  }
  return { name, text: ts.displayPartsToString(symbol.getDocumentationComment(checker)), tags }
}

function moduleSymbol(program: ts.Program, path: string): ts.Symbol {
  const file = program.getSourceFile(resolve(path))
  const symbol = file && program.getTypeChecker().getSymbolAtLocation(file)
  if (symbol === undefined) throw new Error(`${path} is no module of the program`)
  return symbol
}

function exportsOf(program: ts.Program, path: string): readonly ts.Symbol[] {
  return program.getTypeChecker().getExportsOfModule(moduleSymbol(program, path))
}

function resolved(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
}

function kindOf(symbol: ts.Symbol, checker: ts.TypeChecker): ExportedDoc['kind'] {
  if (symbol.flags & ts.SymbolFlags.Class) return 'class'
  if (!(symbol.flags & ts.SymbolFlags.Value)) return 'type'
  const type = checker.getTypeOfSymbol(symbol)
  if (type.getConstructSignatures().length > 0) return 'class'
  return type.getCallSignatures().length > 0 ? 'function' : 'value'
}

const isGenerated = (symbol: ts.Symbol) =>
  symbol.declarations?.some(declaration => declaration.getSourceFile().fileName.includes('/generated/')) === true

/** The doc comments of all exports of a module that people have written. */
export function exportedDocs(program: ts.Program, path: string, specifier: string): readonly ExportedDoc[] {
  const checker = program.getTypeChecker()
  return exportsOf(program, path)
    .filter(exported => exported.name !== 'default' && !isGenerated(resolved(exported, checker)))
    .map(exported => {
      const symbol = resolved(exported, checker)
      return { ...docOf(`${specifier}: ${exported.name}`, symbol, checker), kind: kindOf(symbol, checker) }
    })
}

/** The doc comments of the properties of an exported interface, but those that must be absent. `open` names those whose own properties follow. */
export function memberDocs(
  program: ts.Program,
  { path, name, open = [] }: { readonly path: string; readonly name: string; readonly open?: readonly string[] },
): readonly DocComment[] {
  const checker = program.getTypeChecker()
  const found = exportsOf(program, path).find(symbol => symbol.name === name)
  if (found === undefined) throw new Error(`${path} does not export ${name}`)

  function docsOf(type: ts.Type, prefix: string): readonly DocComment[] {
    const isAbsent = (property: ts.Symbol) =>
      Boolean(checker.getNonNullableType(checker.getTypeOfSymbol(property)).flags & ts.TypeFlags.Never)
    const properties = checker.getPropertiesOfType(type).filter(property => !isAbsent(property))
    return properties.flatMap(property => {
      const own = docOf(prefix + property.name, property, checker)
      if (!open.includes(own.name)) return [own]
      const type = checker.getNonNullableType(checker.getTypeOfSymbol(property))
      // `false` switches a group off.
      const inner = type.isUnion() ? (type.types.find(part => part.flags & ts.TypeFlags.Object) ?? type) : type
      return [own, ...docsOf(inner, `${own.name}.`)]
    })
  }

  return docsOf(checker.getDeclaredTypeOfSymbol(resolved(found, checker)), '')
}

/** The first sentence of a comment. A period ends it only before a space and a capital letter, or at the end. */
export function firstSentence(text: string): string {
  return /^[\s\S]*?\.(?=\s+[A-Z`]|\s*$)/.exec(text)?.[0] ?? text
}

const vagueStart =
  /^(?:What|Whose|Whether|How|Where|When|Who|Which|That|Nothing|Nobody|Any(?:body|one)|There|Here|The same|All that|As|If|For|With|Without|Like)\b/

/** What a first sentence does wrong, or `null`. */
export function faultOf(text: string): string | null {
  const sentence = firstSentence(text)
  if (sentence.trim() === '') return 'no comment'
  if (vagueStart.test(sentence)) return `starts with a clause: ${sentence}`
  if (sentence.split(/\s+/).length > 25) return `more than 25 words: ${sentence}`
  return null
}

/** The code of the fenced blocks in an example, and their languages. */
export function codeIn(example: string): readonly { readonly language: string; readonly code: string }[] {
  return [...example.matchAll(/```(\w+)\n([\s\S]*?)\n```/g)].map(([, language = '', code = '']) => ({ language, code }))
}
