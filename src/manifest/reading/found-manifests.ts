import type { KubeObject, Manifest, Origin } from '../manifest';
import { placedContainersOf, POD_TEMPLATE_PATHS, podSpecOf } from '../pod-spec';
import type { PlacedContainer } from '../pod-spec';
import { parseYaml, YamlError } from '../yaml';
import type { YamlDocument } from '../yaml';
import { flattenList } from './flatten-list';
import { objectProblem } from './object-problem';
import type { ReadManifests, ReadProblem } from './parse-manifests';
import { MAX_FILE_PROBLEMS, MAX_OBJECTS } from './read-limits';
import { splitDocuments } from './split-documents';
import type { DocumentText } from './split-documents';

/** How far into a document Helm's `# Source: chart/templates/web.yaml` stands. */
const HEAD_LENGTH = 1_000;

/** What was found so far, in one input or several. */
export class FoundManifests implements ReadManifests {
  public readonly manifests: Manifest[] = [];
  public readonly problems: ReadProblem[] = [];
  private objectsAndContainers = 0;

  /** Adds what a text holds. */
  public read(text: string, file: string): void {
    const before = this.problems.length;
    let documents = 0;
    for (const part of splitDocuments(text)) {
      documents += 1;
      readPart(part, file, this);
      const tooMuch =
        documents > MAX_OBJECTS || this.isFull
          ? `more than ${MAX_OBJECTS} objects and containers would be checked at once. Check it in parts`
          : this.problems.length - before >= MAX_FILE_PROBLEMS && `there are ${MAX_FILE_PROBLEMS} problems or more`;
      if (tooMuch) {
        this.problems.push({ file, line: part.line, message: `the rest of it was not read: ${tooMuch}.` });
        return;
      }
    }
  }

  public add(manifest: Manifest, containers: number): void {
    this.manifests.push(manifest);
    this.objectsAndContainers += 1 + containers;
  }

  public get isFull(): boolean {
    return this.objectsAndContainers > MAX_OBJECTS;
  }
}

function readPart({ text, line, problem }: DocumentText, file: string, found: FoundManifests): void {
  if (problem !== undefined) {
    found.problems.push({ file, line, message: problem });
    return;
  }
  try {
    readDocument(parseYaml(text, file, { dialect: 'kubectl', firstLine: line }), templateOf(text), found);
  } catch (error) {
    found.problems.push(...yamlProblems(error, text));
  }
}

function readDocument(document: YamlDocument, template: string | undefined, found: FoundManifests): void {
  for (const { value, path } of document.value === null ? [] : flattenList(document.value)) {
    const problem = objectProblem(value);
    if (problem === undefined) {
      const object = value as KubeObject;
      const containers = placedContainersOf(podSpecOf(object) ?? {});
      found.add({ object, origin: originIn(document, path, object, containers, template) }, containers.length);
    } else {
      const message = `${problem}, so it is no object of the Kubernetes API. Leave it out of what is checked, or complete it.`;
      found.problems.push({ file: document.file, line: document.lineOf(path), message });
    }
    if (found.isFull) {
      return;
    }
  }
}

function originIn(
  document: YamlDocument,
  path: readonly PropertyKey[],
  object: KubeObject,
  containers: readonly PlacedContainer[],
  template: string | undefined,
): Origin {
  const at = (below: readonly PropertyKey[]): string => `${document.file}:${document.lineOf([...path, ...below])}`;
  const spec = [...(POD_TEMPLATE_PATHS[object.kind] ?? []), 'spec'];
  const places = containers.map(({ container, path: place }) => [String(container['name']), at([...spec, ...place])] as const);
  return {
    source: at([]),
    ...(template === undefined ? {} : { template }),
    ...(places.length === 0 ? {} : { containers: new Map(places) }),
  };
}

/** What Helm writes above a document: the template that it was rendered from. */
function templateOf(text: string): string | undefined {
  return /^# Source: (.+)$/m.exec(text.slice(0, HEAD_LENGTH))?.[1]?.trim();
}

function yamlProblems(error: unknown, text: string): ReadProblem[] {
  if (!(error instanceof YamlError)) {
    throw error;
  }
  const hint = text.includes('{{') ? ' It looks like a template: render it first, as in `helm template … | cdk8s-hardened check -`' : '';
  return error.problems.map(({ line, message }) => ({ file: error.file, line, message: `${message}.${hint}` }));
}
