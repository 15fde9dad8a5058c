/**
 * The oracle: every verb in double precision, as its formula reads.
 *
 * <p>Nothing here is clever or fast. Each family of verbs is one interface of default methods, and
 * {@link dev.selkie.runtime.reference.ReferenceOps} is their sum. The same loops rounded to float
 * after every operation are the plain float32 loop that other backends are measured against.
 */
package dev.selkie.runtime.reference;
