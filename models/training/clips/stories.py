"""Four stories of 30 seconds. Each maps a time to (state, topics in transition) and lists the questions to mark."""
import math

from ..scenes import SceneState
from .motion import SECONDS, Queue, Visitor, eased, latest, visit


def daylight(time, darkest):
    """Day, dusk and day again over one loop."""
    return 1.0 - (1.0 - darkest) * (0.5 - 0.5 * math.cos(2 * math.pi * time / SECONDS))


def halting(along):
    """0..1 in four halts: on the middle of each quarter for most of the time, then on to the next."""
    quarter = min(3, int(along * 4))
    inside = along * 4 - quarter
    step = eased((inside - 0.75) / 0.5) if inside > 0.5 else eased((inside + 0.25) / 0.5) - 1
    return min(1.0, max(0.0, (quarter + 0.5 + step) / 4))


class CarPark:
    """Cars come to and leave the outer rows; evening falls and lifts."""

    name, seed = "carpark", 11
    cars = [
        Visitor(0, 1, "red", (0, -110), enter=24.0, leave=4.0),
        Visitor(0, 3, "blue", (0, -110), enter=8.0, leave=20.0),
        Visitor(1, 2, "white"),
        Visitor(2, 0, "yellow", (0, 130), enter=27.0, leave=12.0),
        Visitor(2, 4, "green", (0, 130), enter=16.0, leave=28.5),
        Visitor(2, 2, "blue", (0, 130), enter=2.0, leave=22.0),
    ]
    questions = ["How many cars are there?", "Is there a red car?", "How many blue cars are there?",
                 "Is slot 4 of the top row empty?", "What colour is the car in slot 1 of the bottom row?",
                 "Which row is the green car in?", "Where is the red car?", "How many cars are in the bottom row?",
                 "Describe the scene."]

    def at(self, time):
        items, moving = visit(self.cars, time)
        return SceneState("carpark", light=daylight(time, 0.45), items=items), {"items"} if moving else set()


class Junction:
    """Signal cycle, queues that move on green, people who walk across."""

    name, seed = "junction", 23
    signal = [(0.0, "red"), (6.0, "green"), (11.0, "amber"), (13.0, "red"), (19.0, "green"), (25.0, "amber"),
              (27.0, "red")]
    queues = [
        Queue(0, [(3.0, ["red", "white"]), (6.6, ["white"]), (14.5, ["white", "black"]), (19.6, [])]),
        Queue(1, [(0.0, ["yellow"])]),
        Queue(2, [(14.5, ["green"]), (19.6, [])]),
        Queue(3, [(3.0, ["blue"]), (24.0, [])]),
    ]
    walkers = [(0.5, 8.0), (2.5, 8.0), (14.0, 8.0), (16.0, 8.0), (18.0, 8.0)]
    """(second of stepping on the crossing, seconds to cross). They halt in each quarter, where training has people."""
    questions = ["How many cars are there?", "What colour is the traffic light?", "Is the light red?",
                 "How many people are there?", "Is anyone on the crossing?", "Is there a blue car?",
                 "What colour is the first car on the north arm?", "Which arm is the yellow car on?",
                 "How many cars are on the east arm?", "Describe the scene."]

    def at(self, time):
        items, people, moving = [], [], set()
        for queue in self.queues:
            more, busy = queue.at(time)
            items += more
            moving |= {"items"} if busy else set()
        for start, length in self.walkers:
            along = (time - start) / length
            if -0.06 < along < 0.05 or 0.95 < along < 1.06:
                moving.add("people")
            if 0.0 <= along <= 1.0:
                people.append(halting(along))
        if any(0 <= time - t < 0.15 for t, _ in self.signal):
            moving.add("signal")
        return SceneState("junction", light=daylight(time, 0.62), items=items, people=sorted(people),
                          signal=latest(self.signal, time)), moving


class Shelf:
    """A picker takes boxes away and puts others in their place."""

    name, seed = "shelf", 37
    boxes = [
        Visitor(0, 0, "red", (340, 0), enter=26.0, leave=5.0),
        Visitor(0, 4, "blue", (340, 0), enter=9.0, leave=23.0),
        Visitor(1, 1, "green"),
        Visitor(1, 2, "yellow", (340, 0), enter=20.0, leave=7.0),
        Visitor(1, 5, "white", (340, 0), enter=2.0, leave=17.0),
        Visitor(2, 3, "blue", (340, 0), enter=13.0, leave=28.5),
    ]
    questions = ["How many boxes are there?", "Is there a red box?", "How many blue boxes are there?",
                 "Which row is the yellow box on?", "What colour is the box in place 6 of the middle row?",
                 "How many boxes are on the middle row?", "Where is the white box?",
                 "Is there a blue box on the top row?", "Describe the scene."]

    def at(self, time):
        items, moving = visit(self.boxes, time)
        return SceneState("shelf", light=daylight(time, 0.75), items=items), {"items"} if moving else set()


class Panel:
    """A reading that counts, lamps that go on and off, a gauge that rises and falls."""

    name, seed = "panel", 41
    readings = [(0.0, "407"), (3.0, "412"), (6.0, "398"), (9.0, "365"), (12.0, "280"), (15.0, "95"), (18.0, "126"),
                (21.0, "259"), (24.0, "334"), (27.0, "381")]
    lamps = [(0.0, ["green", "off", "off"]), (5.0, ["green", "yellow", "off"]), (10.5, ["off", "yellow", "red"]),
             (16.5, ["off", "off", "red"]), (20.0, ["blue", "off", "red"]), (25.5, ["green", "off", "off"])]
    gauge = [(0.0, "high"), (7.5, "medium"), (13.5, "low"), (19.5, "medium"), (25.0, "high")]
    questions = ["What does the display show?", "Is the left lamp on?", "What colour is the right lamp?",
                 "How many lamps are on?", "Which lamp is red?", "What does the gauge show?",
                 "Is there a yellow lamp?", "Describe the scene."]

    def at(self, time):
        topics = {"digits": self.readings, "lamps": self.lamps, "gauge": self.gauge}
        moving = {name for name, steps in topics.items() if any(0 <= time - t < 0.15 for t, _ in steps)}
        return SceneState("panel", light=daylight(time, 0.6), digits=latest(self.readings, time),
                          lamps=latest(self.lamps, time), gauge=latest(self.gauge, time)), moving


STORIES = [CarPark(), Junction(), Shelf(), Panel()]
