/**
 * The one list of cases for all backends, and the one rule by which they are judged against the
 * reference. A test runs them where a backend is built, {@code selkie verify} where it is used.
 */
package dev.selkie.runtime.conformance;
