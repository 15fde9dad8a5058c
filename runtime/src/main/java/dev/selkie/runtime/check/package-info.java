/**
 * The rules of {@link dev.selkie.runtime.Ops} as code: which shapes, types and numbers go together.
 * They stand here once, so no backend has them.
 */
package dev.selkie.runtime.check;
