import type { Resource } from './resource';

/** Verbs that can be granted. Those that turn a small role into any role (escalate, bind, impersonate) are not among them. */
export enum Verb {
  GET = 'get',
  LIST = 'list',
  WATCH = 'watch',
  CREATE = 'create',
  UPDATE = 'update',
  PATCH = 'patch',
  DELETE = 'delete',
}

/** Verbs that look at one object, and so can be held to names. */
const BY_NAME = new Set<string>([Verb.GET, Verb.UPDATE, Verb.PATCH, Verb.DELETE]);

/** What may be done with one kind of object, or with some of its objects by name. */
export class Permission {
  /** `get`; without names also `list` and `watch`, which cannot be held to names. */
  public static read(resource: Resource, names: readonly string[] = []): Permission {
    return new Permission(resource, names.length > 0 ? [Verb.GET] : [Verb.GET, Verb.LIST, Verb.WATCH], names);
  }

  /** `update`, `patch`, `delete` beside `read`; without names also `create`. */
  public static write(resource: Resource, names: readonly string[] = []): Permission {
    const read = Permission.read(resource, names).verbs;
    return new Permission(resource, [...read, ...(names.length > 0 ? [] : [Verb.CREATE]), Verb.UPDATE, Verb.PATCH, Verb.DELETE], names);
  }

  /**
   * Chosen verbs.
   *
   * @throws if there are none, or if names are given for a verb that cannot be held to names
   */
  public static of(resource: Resource, verbs: readonly Verb[], names: readonly string[] = []): Permission {
    return new Permission(resource, verbs, names);
  }

  private constructor(
    public readonly resource: Resource,
    public readonly verbs: readonly Verb[],
    public readonly names: readonly string[],
  ) {
    const allowed = new Set<string>(Object.values(Verb));
    const where = `Permission for ${resource.plural}`;
    const unknown = verbs.filter((verb) => !allowed.has(verb));
    if (verbs.length === 0 || unknown.length > 0) {
      throw new Error(
        `${where}: ${verbs.length === 0 ? 'no verb' : `'${unknown.join("', '")}'`} cannot be granted (control AUTH-05). Use Verb.${Object.keys(Verb).join(', Verb.')}.`,
      );
    }
    const unnameable = verbs.filter((verb) => !BY_NAME.has(verb));
    if (names.length > 0 && unnameable.length > 0) {
      throw new Error(
        `${where}: ${unnameable.join(', ')} cannot be held to names: the API server would grant less, or more, than it looks like (control AUTH-05). ` +
          'Use a permission of its own, without names, for these verbs.',
      );
    }
    const badName = names.find((name) => !/^[a-z0-9]([-a-z0-9.:]*[a-z0-9])?$/i.test(name));
    if (badName !== undefined) {
      throw new Error(`${where}: '${badName}' is not the name of an object (control AUTH-05).`);
    }
  }

  /**
   * The rule of a Role.
   *
   * @internal
   */
  public _render(): { apiGroups: string[]; resources: string[]; verbs: string[]; resourceNames?: string[] } {
    const { resource, verbs, names } = this;
    return {
      apiGroups: [resource.group],
      resources: [resource.plural],
      verbs: [...verbs],
      ...(names.length > 0 ? { resourceNames: [...names] } : {}),
    };
  }
}
