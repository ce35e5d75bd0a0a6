package io.portico.gateway.model;

/**
 * A method as settings name it: {@code pets/{id}/GET}. Settings come in several forms: with one
 * leading slash, with several or without any, slashes escaped ({@code ~1}) or not.
 */
public final class MethodKey {
  private MethodKey() {}

  /**
   * A method's key.
   *
   * @param resourcePath as the resource has it, such as {@code /pets/{id}}
   */
  public static String of(String resourcePath, String httpMethod) {
    return canonical(resourcePath + "/" + httpMethod);
  }

  /** The key of the method that a setting names. */
  public static String canonical(String setting) {
    String path = setting.replace("~1", "/").replace("~0", "~");
    int start = 0;
    while (start < path.length() && path.charAt(start) == '/') {
      start++;
    }
    return path.substring(start);
  }
}
