import { isRecord } from '../wire';

/** Why a value is no object of the Kubernetes API, in a few words; undefined if it looks like one. */
export function objectProblem(value: unknown): string | undefined {
  if (!isRecord(value)) {
    return 'it is no block of fields';
  }
  const { apiVersion, kind, metadata } = value;
  if (!isText(apiVersion) || !isText(kind)) {
    return `it has no ${isText(apiVersion) ? 'kind' : 'apiVersion'}`;
  }
  if (!isRecord(metadata)) {
    return 'it has no metadata';
  }
  if (!isText(metadata['name'] ?? metadata['generateName'])) {
    return 'it has no metadata.name that is text';
  }
  return metadata['namespace'] === undefined || metadata['namespace'] === null || typeof metadata['namespace'] === 'string'
    ? undefined
    : 'its metadata.namespace is no text';
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
