import {
  ContainerSize,
  HardenedContainer,
  HardenedDeployment,
  HardenedIngress,
  HealthCheck,
  HardenedStatefulSet,
  Probes,
} from 'cdk8s-hardened';
import type { ImageLock, IsolatedNamespace } from 'cdk8s-hardened';

/** The shop of Google's microservices demo in one namespace. Returns what serves the pages. */
export function onlineBoutique(shop: IsolatedNamespace, images: ImageLock): HardenedDeployment {
  const web = { size: ContainerSize.SMALL, probes: Probes.grpc(), portName: 'grpc' };
  const often = HealthCheck.grpc({ periodSeconds: 5 });

  const redis = new HardenedStatefulSet(shop, 'redis-cart', {
    hardened: [
      HardenedContainer.redis({
        image: images.of('redis-cart'),
        probes: Probes.of({
          readiness: HealthCheck.exec(['redis-cli', 'ping'], { periodSeconds: 5 }),
          liveness: HealthCheck.tcp({ periodSeconds: 5 }),
        }),
        size: ContainerSize.of({ requests: { cpu: '70m', memory: '200Mi' }, limits: { cpu: '125m', memory: '256Mi' } }),
      }),
    ],
  });
  const cart = new HardenedDeployment(shop, 'cartservice', {
    ...web,
    image: images.of('cartservice'),
    port: 7070,
    probes: Probes.grpc({ initialDelaySeconds: 15 }),
    size: ContainerSize.of({ requests: { cpu: '200m', memory: '64Mi' }, limits: { cpu: '300m', memory: '128Mi' } }),
    env: { REDIS_ADDR: redis.address },
  }).allowTo(redis);
  const productCatalog = new HardenedDeployment(shop, 'productcatalogservice', {
    ...web,
    image: images.of('productcatalogservice'),
    port: 3550,
    env: { PORT: '3550', DISABLE_PROFILER: '1' },
  });
  const currency = new HardenedDeployment(shop, 'currencyservice', {
    ...web,
    image: images.of('currencyservice'),
    port: 7000,
    env: { PORT: '7000', DISABLE_PROFILER: '1' },
  });
  const payment = new HardenedDeployment(shop, 'paymentservice', {
    ...web,
    image: images.of('paymentservice'),
    port: 50051,
    env: { PORT: '50051', DISABLE_PROFILER: '1' },
  });
  const shipping = new HardenedDeployment(shop, 'shippingservice', {
    ...web,
    image: images.of('shippingservice'),
    port: 50051,
    probes: Probes.of({ readiness: often, liveness: HealthCheck.grpc() }),
    env: { PORT: '50051', DISABLE_PROFILER: '1' },
  });
  const email = new HardenedDeployment(shop, 'emailservice', {
    ...web,
    image: images.of('emailservice'),
    port: 8080,
    servicePort: 5000,
    probes: Probes.of({ readiness: often, liveness: often }),
    env: { PORT: '8080', DISABLE_PROFILER: '1' },
  });
  const ads = new HardenedDeployment(shop, 'adservice', {
    ...web,
    image: images.of('adservice'),
    port: 9555,
    probes: Probes.grpc({ initialDelaySeconds: 20, periodSeconds: 15 }),
    size: ContainerSize.of({ requests: { cpu: '200m', memory: '180Mi' }, limits: { cpu: '300m', memory: '300Mi' } }),
    env: { PORT: '9555' },
  });
  const recommendation = new HardenedDeployment(shop, 'recommendationservice', {
    ...web,
    image: images.of('recommendationservice'),
    port: 8080,
    probes: Probes.of({ readiness: often, liveness: often }),
    size: ContainerSize.of({ requests: { cpu: '100m', memory: '220Mi' }, limits: { cpu: '200m', memory: '450Mi' } }),
    env: { PORT: '8080', PRODUCT_CATALOG_SERVICE_ADDR: productCatalog.address, DISABLE_PROFILER: '1' },
  }).allowTo(productCatalog);
  const checkout = new HardenedDeployment(shop, 'checkoutservice', {
    ...web,
    image: images.of('checkoutservice'),
    port: 5050,
    env: {
      PORT: '5050',
      PRODUCT_CATALOG_SERVICE_ADDR: productCatalog.address,
      SHIPPING_SERVICE_ADDR: shipping.address,
      PAYMENT_SERVICE_ADDR: payment.address,
      EMAIL_SERVICE_ADDR: email.address,
      CURRENCY_SERVICE_ADDR: currency.address,
      CART_SERVICE_ADDR: cart.address,
    },
  }).allowTo(productCatalog, shipping, payment, email, currency, cart);
  const frontend = new HardenedDeployment(shop, 'frontend', {
    image: images.of('frontend'),
    port: 8080,
    servicePort: 80,
    portName: 'http',
    size: ContainerSize.SMALL,
    probes: Probes.http('/_healthz', { initialDelaySeconds: 10, headers: { Cookie: 'shop_session-id=x-readiness-probe' } }),
    env: {
      PORT: '8080',
      PRODUCT_CATALOG_SERVICE_ADDR: productCatalog.address,
      CURRENCY_SERVICE_ADDR: currency.address,
      CART_SERVICE_ADDR: cart.address,
      RECOMMENDATION_SERVICE_ADDR: recommendation.address,
      SHIPPING_SERVICE_ADDR: shipping.address,
      CHECKOUT_SERVICE_ADDR: checkout.address,
      AD_SERVICE_ADDR: ads.address,
      SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80', // not a part of this deployment, nor of the flows
      ENABLE_PROFILER: '0',
    },
  }).allowTo(productCatalog, currency, cart, recommendation, shipping, checkout, ads);
  new HardenedIngress(shop, 'frontend-external', {
    host: 'shop.example.com',
    tlsSecretName: 'shop-tls',
    routes: [{ path: '/', workload: frontend }],
  });
  return frontend;
}
