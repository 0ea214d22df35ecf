import { isRecord, nearestName } from '../../manifest';
import type { KubernetesMinor } from '../../settings';
import { fieldProblems } from './document-fields';
import type { Path } from './document-fields';
import { DOCUMENT_KINDS } from './document-kinds';
import type { DocumentKindName } from './document-kinds';
import { kindOf } from './field-type';
import { fieldPath } from './node-file-problem';
import type { NodeFileProblem } from './node-file-problem';
import { atMinor, laterMinor } from './tables/by-minor';
import type { ByMinor } from './tables/by-minor';
import { KINDS } from './tables/documents.gen';

const KIND_TABLE: Readonly<Record<DocumentKindName, ByMinor<string>>> = KINDS;
const ADMISSION = 'apiserver.config.k8s.io/v1 AdmissionConfiguration';

/**
 * Fields of a configuration document that the program of this minor does not know, or reads as something else, also in the
 * documents inside of it (configurations of admission plugins). It matters more than it seems: some programs go on without the
 * field, and without a word (`DocumentKind.unknownFields`). Says nothing of kinds whose group the tables do not have. Takes any
 * data; never throws.
 */
export function unknownFieldProblems(document: unknown, minor: KubernetesMinor, at: Path = []): NodeFileProblem[] {
  if (!isRecord(document)) {
    return [];
  }
  const { apiVersion, kind } = document;
  const name = typeof apiVersion === 'string' && typeof kind === 'string' ? `${apiVersion} ${kind}` : '';
  return isKnown(name) ? documentProblems(document, name, minor, at) : strangeKind(name, minor, at);
}

/** The same of a document that is to be of this kind. */
export function documentProblems(document: unknown, name: DocumentKindName, minor: KubernetesMinor, at: Path = []): NodeFileProblem[] {
  const reader = DOCUMENT_KINDS[name];
  const { program, control } = reader;
  const [apiVersion, kind = name] = name.split(' ');
  const problem = (path: Path, message: string, remedy: string): NodeFileProblem[] => [
    { field: fieldPath([...at, ...path]) || kind, message, control, remedy },
  ];
  const type = atMinor(KIND_TABLE[name], minor);
  if (type === undefined) {
    const from = laterMinor(KIND_TABLE[name], minor);
    return from
      ? problem([], `came with ${from}: ${program} of ${minor} does not read it`, 'remove it, or upgrade first')
      : problem(['apiVersion'], `is ${String(apiVersion)}, which ${program} of ${minor} does not read any more`, 'write a newer version');
  }
  if (!isRecord(document)) {
    return problem([], `is ${kindOf(document)}, and no ${kind}`, 'write a block of fields');
  }
  const headed = kind === name ? [] : Object.entries({ apiVersion, kind });
  return [
    ...headed.flatMap(([field, expected]) =>
      document[field] === expected ? [] : problem([field], `is not ${expected}: ${program} does not read it`, `write ${expected}`),
    ),
    ...fieldProblems(document, type, at, { ...reader, kind, minor }),
    ...(name === ADMISSION ? pluginProblems(document['plugins'], minor, [...at, 'plugins']) : []),
  ];
}

/** The configuration of an admission plugin is a document of its own. That of ImagePolicyWebhook has no kind. */
function pluginProblems(plugins: unknown, minor: KubernetesMinor, at: Path): NodeFileProblem[] {
  return (Array.isArray(plugins) ? plugins : []).flatMap((plugin: unknown, index) => {
    const { name, configuration } = isRecord(plugin) ? plugin : {};
    const inside = [...at, index, 'configuration'];
    return name === 'ImagePolicyWebhook' && configuration !== undefined
      ? documentProblems(configuration, name, minor, inside)
      : unknownFieldProblems(configuration, minor, inside);
  });
}

function isKnown(name: string): name is DocumentKindName {
  return Object.hasOwn(DOCUMENT_KINDS, name);
}

/** A kind or a version that a known group does not have. */
function strangeKind(name: string, minor: KubernetesMinor, at: Path): NodeFileProblem[] {
  const [group] = name.split('/');
  const names = (Object.keys(DOCUMENT_KINDS) as DocumentKindName[]).filter(
    (known) => known.startsWith(`${group}/`) && atMinor(KIND_TABLE[known], minor) !== undefined,
  );
  const [first] = names;
  if (first === undefined) {
    return [];
  }
  const { program, control } = DOCUMENT_KINDS[first];
  const message = `${name} is no document that ${program} of ${minor} reads`;
  return [{ field: fieldPath([...at, 'kind']), message, control, remedy: `write ${nearestName(name, names) ?? names.join(', or ')}` }];
}
