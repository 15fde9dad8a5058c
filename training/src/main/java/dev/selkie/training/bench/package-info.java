/** Training steps against the clock, beside other frameworks in the same process. */
package dev.selkie.training.bench;
