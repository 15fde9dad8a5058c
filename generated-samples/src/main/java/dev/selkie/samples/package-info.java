/** The model zoo: each network a short annotated interface. */
package dev.selkie.samples;
