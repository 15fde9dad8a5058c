/**
 * The contract between generated code and a backend: every verb, every buffer, every geometry.
 *
 * <p>Layout is NHWC everywhere. Arguments run outputs, inputs, geometry. Parameter gradients
 * accumulate, activation gradients overwrite.
 */
package dev.selkie.runtime;
