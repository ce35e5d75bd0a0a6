package io.portico.conformance.wire;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;

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
    KeyTool tool = new KeyTool(folder, name + ".p12");
    tool.generate(ALIAS, name, "-ext", "san=dns:" + name);
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
