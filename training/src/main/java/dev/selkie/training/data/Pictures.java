package dev.selkie.training.data;

/** Whether this Java can read and draw pictures: a runtime made for a bundle may lack that part. */
public final class Pictures {
  private static final String MODULE = "java.desktop";

  private Pictures() {}

  /**
   * @throws DataException where it cannot
   */
  public static void require() {
    require(ModuleLayer.boot());
  }

  static void require(ModuleLayer java) {
    if (java.findModule(MODULE).isEmpty()) {
      throw new DataException(
          "this Java has no module %s, which reads and draws pictures; run this command with a JDK"
              .formatted(MODULE));
    }
  }
}
