/** An image that every rule accepts. */
export const IMAGE = `registry.example.com/shop/web:1.4.2@sha256:${'0'.repeat(64)}`;
