// What is loaded once somebody opens one of them.
export { ModelActivatePage } from './model-activate-page.tsx';
export { ModelComparePage } from './model-compare-page.tsx';
export { ModelDraftPage } from './model-draft-page.tsx';
export { ModelMapPage } from './model-map-page.tsx';
export { ModelPage } from './model-page.tsx';
export { ModelTypePage } from './model-type-page.tsx';
export { ModelsPage } from './models-page.tsx';
