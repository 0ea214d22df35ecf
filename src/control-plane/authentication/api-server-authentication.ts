import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import { PlatformSettings } from '../../settings';
import type { IControlPlanePart } from '../control-plane-part';
import type { ControlPlaneSections } from '../control-plane-spec';
import { anonymousAccess } from './anonymous-access';
import type { JwtAuthenticator } from './authentication-configuration';
import { jwtAuthenticators } from './oidc-issuer';
import type { OidcIssuerProps } from './oidc-issuer';

/** Props of `ApiServerAuthentication`. */
export interface ApiServerAuthenticationProps {
  /** Identity providers of people. @default - none: people have no way in that this project makes */
  readonly oidc?: readonly OidcIssuerProps[];
  /**
   * Whether nodes join with a token (`kubeadm join --token`), for which anybody may read the ConfigMap cluster-info. With a
   * discovery file they need not.
   *
   * @default - true on kind, which joins so; false elsewhere
   */
  readonly tokenJoin?: boolean;
}

/** Who people are (an AuthenticationConfiguration), and that anonymous requests reach health paths only. */
export class ApiServerAuthentication extends Construct implements IControlPlanePart {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'AUTH-01': [
      { kind: 'AuthenticationConfiguration', field: 'jwt[].issuer.url' },
      { kind: 'AuthenticationConfiguration', field: 'jwt[].userValidationRules[].expression' },
      { kind: 'kube-apiserver', field: 'authentication-config' },
    ],
    'AUTH-02': [{ kind: 'AuthenticationConfiguration', field: 'anonymous.conditions[].path' }],
  };

  private readonly jwt: readonly JwtAuthenticator[];
  private readonly tokenJoin?: boolean;

  /** @throws if an issuer cannot be written down, or two could speak for each other's users (AUTH-01) */
  public constructor(scope: Construct, id: string, { oidc = [], tokenJoin }: ApiServerAuthenticationProps = {}) {
    super(scope, id);
    this.jwt = jwtAuthenticators(oidc);
    this.tokenJoin = tokenJoin;
  }

  /** @throws if nodes of the distribution do not join with a token (AUTH-02) */
  public controlPlaneSections(): Partial<ControlPlaneSections> {
    const anonymous = anonymousAccess(PlatformSettings.of(this), this.tokenJoin);
    return { authentication: { anonymous, jwt: this.jwt } };
  }
}
