package io.portico.conformance.wire;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A certificate that an authority of its own has signed, made by the JDK's own tool. */
public record SignedByAuthority(
    X509Certificate certificate, PrivateKey key, X509Certificate authority) {
  private static final String LEAF = "leaf";
  private static final String AUTHORITY = "authority";

  /**
   * Makes both.
   *
   * @param folder where the tool leaves them
   * @param name the domain name that the certificate is for
   */
  public static SignedByAuthority make(Path folder, String name)
      throws IOException, GeneralSecurityException {
    KeyTool tool = new KeyTool(folder, name + ".chain.p12");
    tool.generate(AUTHORITY, "authority of " + name, "-ext", "bc:c");
    tool.generate(LEAF, name, "-ext", "san=dns:" + name, "-signer", AUTHORITY);
    return new SignedByAuthority(
        tool.certificate(LEAF), tool.key(LEAF), tool.certificate(AUTHORITY));
  }

  public String certificatePem() throws GeneralSecurityException {
    return KeyTool.pem("CERTIFICATE", certificate.getEncoded());
  }

  public String keyPem() {
    return KeyTool.pem("PRIVATE KEY", key.getEncoded());
  }

  public String chainPem() throws GeneralSecurityException {
    return KeyTool.pem("CERTIFICATE", authority.getEncoded());
  }
}
