/** What this machine has and lacks. */
package dev.selkie.training.doctor;
