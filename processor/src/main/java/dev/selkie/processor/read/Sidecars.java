package dev.selkie.processor.read;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.model.Site;
import dev.selkie.runtime.GeneratedNetwork;
import dev.selkie.runtime.Sidecar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;

/** Finds the sidecars of blocks that come from class files. */
final class Sidecars {
  private static final String ANNOTATION = Sidecar.class.getName();

  private Sidecars() {}

  /** Null, and reported at the site, where there is none that can be read. */
  static SidecarText find(TypeElement block, Desk desk, Site site) {
    String name = TypeNames.simpleName(block);
    String sidecarName = TypeNames.sidecarName(block);
    TypeElement sidecar = TypeNames.lookUp(sidecarName, block, desk.elements());
    if (sidecar == null) {
      desk.report(Message.NO_SIDECAR, site, name, sidecarName, name);
      return null;
    }
    Map<String, Object> members = members(sidecar);
    Object generator = members.getOrDefault("generator", "unknown");
    if (members.get("format") instanceof Integer format && format > Sidecar.FORMAT) {
      String here = GeneratedNetwork.VERSION;
      desk.report(
          Message.SIDECAR_TOO_NEW, site, name, generator, format, here, Sidecar.FORMAT, generator);
      return null;
    }
    SidecarText text = null;
    String what = damage(members, block);
    if (what == null) {
      text = SidecarText.parse(strings(members.get("layers")));
      what = "it cannot be read";
    }
    if (text == null) {
      mismatch(desk, site, block, what);
    }
    return text;
  }

  static void mismatch(Desk desk, Site site, TypeElement block, String what) {
    String name = TypeNames.simpleName(block);
    desk.report(Message.SIDECAR_MISMATCH, site, TypeNames.sidecarName(block), name, what, name);
  }

  /** What is wrong with the frame around the layers; null where nothing is. */
  private static String damage(Map<String, Object> members, TypeElement block) {
    if (members.isEmpty()) {
      return "it bears no @Sidecar";
    }
    if (!(members.get("format") instanceof Integer format) || format < 1) {
      return "its format is " + members.get("format");
    }
    Object of = members.get("block");
    return block.getQualifiedName().toString().equals(of) ? null : "it is the sidecar of " + of;
  }

  private static Map<String, Object> members(TypeElement sidecar) {
    Map<String, Object> members = new HashMap<>();
    for (AnnotationMirror mirror : sidecar.getAnnotationMirrors()) {
      TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
      if (type.getQualifiedName().contentEquals(ANNOTATION)) {
        mirror
            .getElementValues()
            .forEach((member, value) -> members.put("" + member.getSimpleName(), value.getValue()));
      }
    }
    return members;
  }

  /** What is no string becomes one, which then is no layer. */
  private static List<String> strings(Object layers) {
    List<String> strings = new ArrayList<>();
    if (layers instanceof List<?> list) {
      for (Object item : list) {
        strings.add(
            item instanceof AnnotationValue value ? String.valueOf(value.getValue()) : "" + item);
      }
    }
    return strings;
  }
}
