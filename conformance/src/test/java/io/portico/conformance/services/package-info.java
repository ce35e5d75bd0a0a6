/**
 * The services around an API: what is made is read, listed, tagged, changed and deleted, by every
 * client.
 */
@NullMarked
package io.portico.conformance.services;

import org.jspecify.annotations.NullMarked;
