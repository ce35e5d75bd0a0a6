package io.portico.conformance.wire;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** A certificate that nobody else has signed, made by the JDK's own tool. */
public record SelfSigned(X509Certificate certificate, PrivateKey key) {
  private static final String ALIAS = "key";

  /**
   * Makes one.
   *
   * @param folder where the tool leaves it
   * @param name the domain name that it is for
   */
  public static SelfSigned make(Path folder, String name)
      throws IOException, GeneralSecurityException {
    return make(folder, name + ".p12", name);
  }

  /**
   * Makes one whose time is over.
   *
   * @see #make
   */
  public static SelfSigned expired(Path folder, String name)
      throws IOException, GeneralSecurityException {
    return make(folder, name + ".expired.p12", name, "-startdate", "-3d", "-validity", "1");
  }

  private static SelfSigned make(Path folder, String file, String name, String... more)
      throws IOException, GeneralSecurityException {
    KeyTool tool = new KeyTool(folder, file);
    List<String> options = new ArrayList<>(List.of("-ext", "san=dns:" + name));
    options.addAll(List.of(more));
    tool.generate(ALIAS, name, options.toArray(String[]::new));
    return new SelfSigned(tool.certificate(ALIAS), tool.key(ALIAS));
  }

  public String certificatePem() throws GeneralSecurityException {
    return KeyTool.pem("CERTIFICATE", certificate.getEncoded());
  }

  public String keyPem() {
    return KeyTool.pem("PRIVATE KEY", key.getEncoded());
  }

  /** A store that has it as its only entry. */
  KeyStore store(char[] password) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(ALIAS, key, password, new Certificate[] {certificate});
    return store;
  }
}
