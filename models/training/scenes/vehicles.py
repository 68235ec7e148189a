"""Cars seen from above, shared by the car park and the junction."""
from .palette import RGB, shaded


def draw_car(canvas, cx, cy, width, length, heading, rgb, lights):
    """A car centred at (cx, cy). `heading` is the (dx, dy) unit step its front points to.

    Returns its bounding box in pixels.
    """
    dx, dy = heading
    half_w, half_h = (width / 2, length / 2) if dx == 0 else (length / 2, width / 2)
    box = (cx - half_w, cy - half_h, cx + half_w, cy + half_h)
    draw = canvas.draw
    draw.rounded_rectangle((box[0] + 2, box[1] + 3, box[2] + 2, box[3] + 3), 5, fill=(20, 20, 22))
    draw.rounded_rectangle(box, 5, fill=rgb, outline=shaded(rgb, 0.6) if sum(rgb) > 120 else (70, 70, 76))
    glass = (58, 70, 82) if sum(rgb) > 120 else (92, 104, 116)
    for along, depth in ((0.20, 0.09), (-0.30, 0.06)):
        gx, gy = cx + dx * along * length, cy + dy * along * length
        w = (width * 0.38, length * depth) if dx == 0 else (length * depth, width * 0.38)
        draw.rectangle((gx - w[0], gy - w[1], gx + w[0], gy + w[1]), fill=glass)
    if lights:
        front = []
        for side in (-0.32, 0.32):
            fx = cx + dx * length * 0.46 + (side * width if dx == 0 else 0)
            fy = cy + dy * length * 0.46 + (side * width if dx != 0 else 0)
            front.append((fx - 2, fy - 2, fx + 2, fy + 2))
        canvas.glow(lambda d: [d.ellipse(f, fill=(255, 250, 210)) for f in front])
    return box


def paint_of(colour):
    """Daylight RGB of a named car or box colour."""
    return RGB[colour]
