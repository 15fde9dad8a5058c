/** What can stand between a network and its backend: a recorder of calls, a check of values. */
package dev.selkie.runtime.trace;
