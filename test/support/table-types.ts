import type { TYPES, VALUES } from '../../src/rules/node-files/tables/documents.gen';

/** What TypeScript makes of the types that have no fields. */
interface Scalars {
  readonly any: unknown;
  readonly bool: boolean;
  readonly bytes: string;
  readonly duration: string;
  readonly durationOrInt: string | number;
  readonly int: number;
  readonly intOrString: string | number;
  readonly number: number;
  readonly quantity: string | number;
  readonly string: string;
  readonly time: string;
}

/** A row of the tables, of whichever minor. */
type Row<T> = T extends string ? T : T[keyof T];

/** The documents that a type of the tables stands for, as TypeScript. */
export type TableType<T> = T extends `${infer Element}[]`
  ? readonly TableType<Element>[]
  : T extends `{${infer Value}}`
    ? Readonly<Record<string, TableType<Value>>>
    : T extends keyof Scalars
      ? Scalars[T]
      : T extends keyof typeof TYPES
        ? { readonly [Field in keyof (typeof TYPES)[T]]?: TableType<Row<(typeof TYPES)[T][Field]>> }
        : T extends keyof typeof VALUES
          ? string
          : never;

/** Names of all fields, further in too: `authentication.webhook.enabled`. */
export type FieldNames<T> = unknown extends T
  ? never
  : T extends readonly (infer Element)[]
    ? FieldNames<Element>
    : T extends object
      ? { [Field in keyof T & string]: Field | `${Field}.${FieldNames<NonNullable<T[Field]>>}` }[keyof T & string]
      : never;

/** Whether both have the same fields, further in too. */
export type SameFields<A, B> = [Exclude<FieldNames<A>, FieldNames<B>> | Exclude<FieldNames<B>, FieldNames<A>>] extends [never]
  ? true
  : false;
