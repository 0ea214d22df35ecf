import type { ControlId } from '../controls';
import { Cidr } from '../manifest';
import { MANAGED_DISTRIBUTIONS } from '../settings';
import type { ClusterSpec } from './cluster-spec';

/** Something in the description of a cluster that cannot be, and how to mend it. */
export interface ClusterProblem {
  /** Where, such as `hosts.nodes.0`. */
  readonly field: string;
  readonly message: string;
  readonly control: ControlId;
  readonly remedy: string;
}

/** What is known of a list of addresses. */
interface AddressList {
  readonly field: string;
  /** What is in it, for errors. */
  readonly what: string;
  /** Single addresses, or ranges in CIDR form. */
  readonly form: 'address' | 'range';
  readonly values: readonly string[];
  readonly needed: boolean;
}

/** An entry of a list that is well-formed. */
interface Entry {
  readonly field: string;
  readonly what: string;
  readonly range: Cidr;
}

/** Lists that may overlap: a load balancer may run on the nodes, and then its address is one of theirs. */
const MAY_OVERLAP = ['hosts.nodes', 'hosts.loadBalancers'];

/**
 * Everything that is wrong with the addresses of a cluster: firewalls, policies and certificates are written from them, so an
 * address that is two things at once, or a range where one address is meant, opens what nobody meant to open.
 */
export function clusterProblems(cluster: Pick<ClusterSpec, 'distribution' | 'hosts' | 'network'>): ClusterProblem[] {
  const lists = listsOf(cluster);
  const empty = lists.filter(({ values, needed }) => needed && values.length === 0).map(emptyProblem);
  const parsed = lists.map((list) => ({ list, ...parse(list) }));
  const entries = parsed.map(({ entries: own }) => own);
  return [
    ...empty,
    ...parsed.flatMap(({ problems }) => problems),
    ...entries.flatMap(repeated),
    ...overlapping(parsed),
    ...outsideOfNodes(cluster, parsed),
    ...families(parsed),
  ];
}

function listsOf({ distribution, hosts, network }: Pick<ClusterSpec, 'distribution' | 'hosts' | 'network'>): AddressList[] {
  const managed = (MANAGED_DISTRIBUTIONS as readonly string[]).includes(distribution);
  return [
    {
      field: 'hosts.controlPlane',
      what: 'the control-plane nodes',
      form: managed ? 'range' : 'address',
      values: hosts.controlPlane,
      needed: true,
    },
    { field: 'hosts.nodes', what: 'the nodes', form: 'range', values: hosts.nodes, needed: true },
    { field: 'hosts.admins', what: 'the administrators', form: 'range', values: hosts.admins ?? [], needed: false },
    { field: 'hosts.loadBalancers', what: 'the load balancers', form: 'range', values: hosts.loadBalancers ?? [], needed: false },
    { field: 'network.pods', what: 'the pods', form: 'range', values: network.pods, needed: true },
    { field: 'network.services', what: 'the Services', form: 'range', values: network.services, needed: true },
  ];
}

function emptyProblem({ field, what }: AddressList): ClusterProblem {
  const message = `it is empty: ${what} would be shut out`;
  return { field, message, control: 'NET-11', remedy: `Name the addresses of ${what}.` };
}

function parse({ field, what, form, values }: AddressList): { readonly entries: Entry[]; readonly problems: ClusterProblem[] } {
  const entries: Entry[] = [];
  const problems: ClusterProblem[] = [];
  values.forEach((value, index) => {
    const at = `${field}.${index}`;
    const wrongForm = formProblem(value, what, form);
    try {
      const range = form === 'address' && !value.includes('/') ? Cidr.ofAddress(value) : Cidr.canonical(value);
      if (wrongForm === undefined) {
        entries.push({ field: at, what, range });
      } else {
        problems.push({ field: at, ...wrongForm });
      }
    } catch (error) {
      problems.push({ field: at, ...(wrongForm ?? notCanonical((error as Error).message, form)) });
    }
  });
  return { entries, problems };
}

/** A range where an address is meant, an address where a range is meant, or the range of everything. */
function formProblem(value: string, what: string, form: AddressList['form']): Omit<ClusterProblem, 'field'> | undefined {
  if (form === 'address' && value.includes('/')) {
    const message = `'${value}' is a range, and etcd is open to every address of it`;
    return { message, control: 'NET-16', remedy: `Name the address of each of ${what}, such as 192.0.2.10.` };
  }
  if (form === 'range' && !value.includes('/')) {
    const one = value.includes(':') ? `${value}/128` : `${value}/32`;
    return { message: `'${value}' is not a range of addresses`, control: 'NET-11', remedy: `For this one address, write '${one}'.` };
  }
  if (/\/0+$/.test(value)) {
    const message = `'${value}' is every address there is`;
    return { message, control: 'NET-12', remedy: `Name the ranges of ${what}.` };
  }
  return undefined;
}

/** The complaint of `Cidr`: what is wrong, and a sentence on how to write it where that is known. */
function notCanonical(complaint: string, form: AddressList['form']): Omit<ClusterProblem, 'field'> {
  const [message = '', remedy] = complaint.split(/\. (?=[A-Z])/);
  const example = form === 'address' ? 'an address such as 192.0.2.10' : 'a range such as 192.0.2.0/24 or 2001:db8::/64';
  return { message, control: 'NET-11', remedy: remedy ?? `Write ${example}.` };
}

/** An entry that an earlier one of its list holds already: nothing is opened by it, or one of the two is a slip. */
function repeated(entries: readonly Entry[]): ClusterProblem[] {
  return entries.flatMap(({ field, range }, index) => {
    const other = entries.slice(0, index).find((earlier) => earlier.range.overlaps(range));
    return other === undefined
      ? []
      : [
          {
            field,
            message: `${range} and ${other.range} (${other.field}) overlap`,
            control: 'NET-11',
            remedy: 'Keep the one that is meant.',
          },
        ];
  });
}

type Parsed = { readonly list: AddressList; readonly entries: readonly Entry[] };

/** Ranges of different things must be apart: an address has one meaning. */
function overlapping(parsed: readonly Parsed[]): ClusterProblem[] {
  const apart = parsed.filter(({ list }) => list.field !== 'hosts.controlPlane');
  return apart.flatMap(({ list, entries }, index) =>
    apart
      .slice(0, index)
      .filter((other) => !(MAY_OVERLAP.includes(list.field) && MAY_OVERLAP.includes(other.list.field)))
      .flatMap((other) => entries.flatMap((entry) => other.entries.flatMap((theirs) => overlapProblem(entry, theirs)))),
  );
}

function overlapProblem({ field, what, range }: Entry, other: Entry): ClusterProblem[] {
  if (!range.overlaps(other.range)) {
    return [];
  }
  const message = `${range} overlaps ${other.range} (${other.field}): what is opened for ${what} would be open for ${other.what} too`;
  return [{ field, message, control: 'NET-11', remedy: `Give ${what} and ${other.what} ranges of their own.` }];
}

/** Control-plane nodes are nodes. Not so where the provider runs them. */
function outsideOfNodes({ distribution }: Pick<ClusterSpec, 'distribution'>, parsed: readonly Parsed[]): ClusterProblem[] {
  const nodes = entriesOf(parsed, 'hosts.nodes');
  return (MANAGED_DISTRIBUTIONS as readonly string[]).includes(distribution) || nodes.length === 0
    ? []
    : entriesOf(parsed, 'hosts.controlPlane')
        .filter(({ range }) => !nodes.some((node) => node.range.containsCidr(range)))
        .map(({ field, range }) => ({
          field,
          message: `${range.address} is in no range of hosts.nodes: other nodes would not let it in`,
          control: 'NET-11',
          remedy: 'Add its range to hosts.nodes.',
        }));
}

/** Pods and Services have the same families, each once; nodes have those too. */
function families(parsed: readonly Parsed[]): ClusterProblem[] {
  const of = (field: string): string[] => entriesOf(parsed, field).map(({ range }) => range.family);
  const pods = of('network.pods');
  const twice = ['network.pods', 'network.services'].flatMap((field) =>
    of(field)
      .filter((family, index, all) => all.indexOf(family) < index)
      .map((family) => ({ field, message: `it has two ${name(family)} ranges`, remedy: 'Kubernetes takes one of each family.' })),
  );
  const missing = ['network.services', 'hosts.nodes'].flatMap((field) =>
    of(field).length === 0
      ? []
      : pods.filter((family) => !of(field).includes(family)).map((family) => lacks(field, family, 'network.pods')),
  );
  const unused = pods.length === 0 ? [] : of('network.services').filter((family) => !pods.includes(family));
  return [...twice, ...missing, ...unused.map((family) => lacks('network.pods', family, 'network.services'))].map((problem) => ({
    ...problem,
    control: 'NET-11',
  }));
}

function lacks(field: string, family: string, other: string): Pick<ClusterProblem, 'field' | 'message' | 'remedy'> {
  const message = `it has no ${name(family)} range, but ${other} has one`;
  return { field, message, remedy: `Add the ${name(family)} range, or take it out of ${other}.` };
}

function name(family: string): string {
  return family === 'ipv4' ? 'IPv4' : 'IPv6';
}

function entriesOf(parsed: readonly Parsed[], field: string): readonly Entry[] {
  return parsed.find(({ list }) => list.field === field)?.entries ?? [];
}
