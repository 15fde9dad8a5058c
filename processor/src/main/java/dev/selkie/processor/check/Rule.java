package dev.selkie.processor.check;

import dev.selkie.processor.model.ModelDeclaration;

/** Something that every model must keep to; reports where it does not. */
interface Rule {
  void check(ModelDeclaration model, Problems problems);
}
