import * as ts from 'typescript';

/** Fields whose value a rule judges. A construct may set them; whether one is refused is for the rule to say. */
export const SECURITY_FIELDS = new Set([
  'allowPrivilegeEscalation',
  'appArmorProfile',
  'capabilities',
  'ensureNonRoot',
  'externalIPs',
  'fsGroup',
  'hostIPC',
  'hostNetwork',
  'hostPath',
  'hostPID',
  'hostPort',
  'hostUsers',
  'nodePort',
  'privileged',
  'procMount',
  'readOnlyRootFilesystem',
  'runAsGroup',
  'runAsNonRoot',
  'runAsUser',
  'seLinuxOptions',
  'seccompProfile',
  'shareProcessNamespace',
  'supplementalGroups',
  'sysctls',
]);

/** `file:line: field` of every condition on a security field that leads to a `throw` or to a validation message. */
export function securityDecisions(file: string, source: string): string[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const [condition, branches] = conditional(node);
    const field = condition && fieldIn(condition);
    if (field !== undefined && branches.some(refuses)) {
      found.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${field}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function conditional(node: ts.Node): [ts.Node | undefined, ts.Node[]] {
  if (ts.isIfStatement(node)) {
    return [node.expression, [node.thenStatement, ...(node.elseStatement ? [node.elseStatement] : [])]];
  }
  return ts.isConditionalExpression(node) ? [node.condition, [node.whenTrue, node.whenFalse]] : [undefined, []];
}

function fieldIn(node: ts.Node): string | undefined {
  if ((ts.isIdentifier(node) || ts.isStringLiteral(node)) && SECURITY_FIELDS.has(node.text)) {
    return node.text;
  }
  return ts.forEachChild(node, fieldIn);
}

/** Whether a branch throws, or makes an error or a validation message. */
function refuses(node: ts.Node): boolean {
  return (
    ts.isThrowStatement(node) ||
    (ts.isNewExpression(node) && node.expression.getText() === 'Error') ||
    Boolean(ts.forEachChild(node, (child) => refuses(child) || undefined))
  );
}
