package dev.selkie.processor;

import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.ModuleElement.ProvidesDirective;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** What a module's declaration says of networks. */
final class Provided {
  private static final String SERVICE = "dev.selkie.runtime.NetworkFactory";

  private Provided() {}

  /** Full names of the factories that a module provides. */
  static Set<String> by(ModuleElement module) {
    Set<String> provided = new TreeSet<>();
    for (ProvidesDirective directive : ElementFilter.providesIn(module.getDirectives())) {
      if (directive.getService().getQualifiedName().contentEquals(SERVICE)) {
        for (TypeElement implementation : directive.getImplementations()) {
          provided.add(implementation.getQualifiedName().toString());
        }
      }
    }
    return provided;
  }
}
