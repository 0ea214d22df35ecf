import { catalogue, entriesFor, explain, listOfControls } from '../catalogue';
import type { CatalogueEntry } from '../catalogue';
import { coloured } from './coloured';

/** Writes what is known of each topic; of all controls if there is none. */
export function explainTopics(topics: readonly string[], json: boolean): void {
  const entries = [...new Map(topics.flatMap(entriesFor).map((entry) => [entry.control.id, entry])).values()];
  if (json) {
    process.stdout.write(`${JSON.stringify((topics.length === 0 ? catalogue() : entries).map(plain), null, 2)}\n`);
  } else if (topics.length === 0) {
    process.stdout.write(listOfControls());
  } else {
    process.stdout.write(coloured(entries.map(explain).join('\n'), process.stdout));
  }
}

/** An entry without its functions. */
function plain({ control, generators, rules, managed }: CatalogueEntry): object {
  return { ...control, generators, rules: rules.map(({ id, scope, message, remedy }) => ({ id, scope, message, remedy })), managed };
}
