import type { Page } from 'playwright-core';
import type { SceneWorld, Viewer } from './scene-world.ts';

/** A page in one state that a reader may meet. */
export interface Scene {
  /** What is seen, in a few words; its pictures are named after it. */
  readonly name: string;
  readonly path: string | ((world: SceneWorld) => string);
  /** Does what leads there, and waits until it is seen. */
  readonly ready: (page: Page, world: SceneWorld) => Promise<unknown>;
  /** Who looks; absent: the administrator. */
  readonly who?: Viewer;
  /** Where it exists; absent: on a telephone as on a desk. */
  readonly only?: 'wide' | 'narrow';
}

/** The scenes of one part of the page, and what they need beside the world that all share. */
export interface SceneArea {
  readonly prepare?: (world: SceneWorld) => Promise<unknown>;
  readonly scenes: readonly Scene[];
}
