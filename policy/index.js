/** The rules as a policy pack, with the settings and waivers of the blueprint: `pulumi up --policy-pack policy`. */
const path = require('node:path');
const { bundled } = require('../scripts/bundled.cjs');

bundled('src/pulumi/policy/index.ts').hardenedPolicyPack({ blueprint: path.join(__dirname, '../blueprint.yaml') });
