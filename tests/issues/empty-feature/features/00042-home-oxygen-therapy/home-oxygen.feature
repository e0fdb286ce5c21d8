Feature: Home oxygen therapy
  Oxygen is needed where the saturation at rest is low.
