package dev.selkie.runtime;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The sidecars of the blocks that a generated network repeats, those within blocks included. Nobody
 * reads it but build tools that follow references between classes: a block whose edges change keeps
 * its class file and changes its sidecar, and so its networks are compiled anew.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface MadeOf {
  /** Classes with a {@link Sidecar}, sorted by name. */
  Class<?>[] value();
}
