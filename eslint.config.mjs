import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

/** The layers, lowest first. A folder of `src` may import its own files and those of every layer below its own. */
const LAYERS = [
  ['manifest'],
  ['controls', 'settings'],
  ['waivers'],
  ['rules'],
  ['assessment', 'connectivity'],
  ['synth'],
  ['constructs', 'control-plane'],
  ['stacks'],
  ['blueprint'],
  ['report', 'live', 'catalogue'],
  ['cli', 'pulumi', 'validation', 'testing'],
];

const folders = LAYERS.flat();
const below = (layer) => LAYERS.slice(0, layer).flat();
const onlyFile = (name, files) => ({ group: [name, `${name}/*`], message: `Only ${files} imports ${name}.` });
const JSII = 'Keep the public API of constructs in the manner of jsii:';

export default tseslint.config(
  { ignores: ['lib/', 'dist/', '**/dist/', 'node_modules/', '.cache/', 'tools/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Export by name.' }],
      'no-restricted-imports': [
        'error',
        { patterns: [onlyFile('cdk8s-plus-27', 'src/constructs/kplus.ts'), onlyFile('@pulumi', 'the folder pulumi')] },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { node: { extensions: ['.ts'] } },
      'boundaries/elements': folders.map((folder) => ({ type: folder, pattern: `src/${folder}` })),
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: LAYERS.flatMap((layer, index) =>
            layer.map((folder) => ({
              from: { element: { type: folder } },
              allow: { to: [folder, ...below(index)].map((type) => ({ element: { type } })) },
            })),
          ),
        },
      ],
    },
  },
  { files: ['src/constructs/kplus.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['{src,test,test/e2e}/pulumi/**/*.ts', 'test/support/pulumi-*.ts', 'bench/pulumi/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [onlyFile('cdk8s-plus-27', 'src/constructs/kplus.ts')] }] },
  },
  {
    files: ['src/constructs/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
        { selector: 'ExportNamedDeclaration > ClassDeclaration[typeParameters]', message: `${JSII} no generic class.` },
        { selector: 'ExportNamedDeclaration > TSInterfaceDeclaration[typeParameters]', message: `${JSII} no generic interface.` },
        { selector: 'ExportNamedDeclaration TSMappedType', message: `${JSII} no mapped type.` },
        { selector: 'ExportNamedDeclaration > TSInterfaceDeclaration TSTupleType', message: `${JSII} no tuple.` },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo)$/]',
          message: 'No focused or skipped test.',
        },
        { selector: 'CallExpression[callee.name=/^(fit|xit|fdescribe|xdescribe|xtest)$/]', message: 'No focused or skipped test.' },
      ],
    },
  },
  { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
  { files: ['*.js', 'policy/*.js', '**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
