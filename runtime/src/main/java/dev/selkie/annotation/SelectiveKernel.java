package dev.selkie.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A selective kernel (Li et al., 2019, section 3.1), wherever a 3x3 {@link Conv} could stand: M
 * branches, each a convolution with batch norm and ReLU, of which a softmax over branches takes a
 * weighted sum, channel by channel. The weights come from the mean over space of the sum of all
 * branches: {@code softmax over m of A_m relu(norm(W s))}, with {@code max(out / reduction,
 * minimum)} hidden units.
 *
 * <p>Branch m, counted from 0, is 3x3 with dilation m + 1, unless told otherwise; so the plain
 * annotation is SK[2, 32, 16] of the paper. A true 5x5 with 64 groups in place of the dilated 3x3
 * is {@code kernels = {3, 5}, groups = {32, 64}}.
 *
 * <p>Reads c x h x w, gives out x h' x w' with h' = h / stride rounded up. It may also read one
 * tensor for each branch, all of one height and width. Weights are named {@code
 * <layer>.branch<m>.weight} (out, c / groups, kernel, kernel) and {@code <layer>.branch<m>.norm.*}
 * for each branch, {@code <layer>.fc1.weight} (hidden, out, 1, 1) and {@code <layer>.fc1.norm.*}
 * for W and its norm, {@code <layer>.fc2.weight} (M out, hidden, 1, 1) for A, branch by branch.
 *
 * <p>The norm of the hidden units has one value per image and unit: trained with batches of 1 the
 * weights do not depend on the image.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface SelectiveKernel {
  /** Output channels; give this or {@link #widths}. */
  int out() default 0;

  /** Output channels in units of the width of the {@link Stage}; only in a {@link Block}. */
  int widths() default 0;

  /** M: 2 or 3. */
  int branches() default 2;

  /** Height and width of the kernels, odd: one for all branches or one for each; 3 where absent. */
  int[] kernels() default {};

  /**
   * Steps between the taps: one for all branches or one for each. Where absent, 1, 2, 3 of kernels
   * that are absent too, and 1 of kernels that are given.
   */
  int[] dilations() default {};

  /** Channel groups, or {@link Groups#CHANNELS}: one number for all branches or one for each. */
  int[] groups() default 32;

  /** Hidden units are out / reduction. */
  int reduction() default 16;

  /** Hidden units are never fewer than this. */
  int minimum() default 32;

  /** Step between windows, down and across. */
  int stride() default 1;

  /** Takes the stride of the stage in its first unit; only in a {@link Block}. */
  boolean strided() default false;
}
