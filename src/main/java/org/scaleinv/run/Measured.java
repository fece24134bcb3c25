package org.scaleinv.run;

import java.util.SortedMap;
import org.scaleinv.family.Profile;

/**
 * A model's profile with its arrays.
 *
 * @param arrays by name: the content of arrays.safetensors, whose digest the profile holds
 */
public record Measured(Profile profile, SortedMap<String, double[]> arrays) {}
