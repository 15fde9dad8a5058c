package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An interface whose methods are the layers of a reusable block, in the same grammar as {@link
 * Network}. It has one input (the one parameter name that is no method's) and one output (the one
 * layer that no other layer reads).
 *
 * <p>A block is drawn in units of the width its {@link Stage} gives it ({@code widths = 4} is four
 * times the width), or in channels ({@code out = 256}). A layer marked {@code strided} takes the
 * stride of the stage in the stage's first unit, and stride 1 in the others.
 *
 * <p>A network may repeat a block of another jar, if that was compiled with Selkie's processor too:
 * for an interface {@code Unit} it generates {@code UnitSidecar}, which has the names of the
 * parameters, in the same package.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Block {}
