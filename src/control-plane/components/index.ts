export * from './component-flags';
export * from './component-host-parts';
export * from './components-section';
export * from './control-plane-flags';
