/** The command line: each command reads its options, calls the library, and reports. */
package dev.selkie.training.cli;
